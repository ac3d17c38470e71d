import assert from "node:assert/strict";
import {
  baidu,
  bing,
  google,
  type KeywordSet,
  keywordSets,
  queriesOf,
  wikimedia,
} from "../../lib/scrape/mod.ts";
import { fixtureEngines } from "./engine_fixtures.ts";

Deno.test("the post's set is the post's: Google 3 x 300, Bing 3 x 100, Baidu 200, in turn", () => {
  const queries = queriesOf(keywordSets.post2019, [google(), bing(), baidu()]);
  assert.deepEqual(
    queries.map(({ engine, keyword, limit }) => [engine.name, keyword, limit]),
    [
      ["google", "걸그룹 프로필 사진", 300],
      ["bing", "걸그룹 프로필 사진", 100],
      ["baidu", "韩流 女 写真", 200],
      ["google", "걸그룹 셀카", 300],
      ["bing", "걸그룹 셀카", 100],
      ["google", "걸그룹 미모", 300],
      ["bing", "걸그룹 미모", 100],
    ],
  );
});

Deno.test("every set asks engines that exist, in words, with limits", () => {
  const known = new Set(fixtureEngines.map(({ name }) => name));
  for (const set of Object.values(keywordSets)) {
    assert.ok(Object.keys(set.engines).every((name) => known.has(name)), set.about);
    const queries = queriesOf(set, fixtureEngines);
    for (const { keyword, limit } of queries) {
      assert.ok(keyword.trim() === keyword && keyword !== "");
      assert.ok(Number.isInteger(limit) && limit > 0);
    }
    const keys = queries.map(({ engine, keyword }) => `${engine.name} ${keyword}`);
    assert.equal(new Set(keys).size, keys.length, "no keyword is asked twice");
  }
});

Deno.test("queriesOf: a keyword's own limit, offset and filters come before its engine's", () => {
  const set: KeywordSet = {
    about: "a test",
    engines: {
      wikimedia: {
        limit: 50,
        filters: { licence: "open", size: "large" },
        keywords: ["one", { keyword: "two", limit: 5, offset: 100, filters: { size: "small" } }],
      },
    },
  };
  const [one, two] = queriesOf(set, [wikimedia()], { filters: { licence: "public-domain" } });
  assert.deepEqual(one!.filters, { licence: "public-domain", size: "large" });
  assert.equal(one!.limit, 50);
  assert.deepEqual(two!.filters, { licence: "public-domain", size: "small" });
  assert.deepEqual([two!.limit, two!.offset], [5, 100]);
  assert.deepEqual(queriesOf(set, [wikimedia()], { most: 3 }).map(({ limit }) => limit), [3, 3]);
  assert.throws(() => queriesOf(set, [google()]), /wikimedia.*google/);
});
