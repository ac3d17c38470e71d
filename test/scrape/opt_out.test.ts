import assert from "node:assert/strict";
import { reservingRule, tdmRules } from "../../lib/scrape/tdm_rules.ts";
import { jpeg, picture, serveFixture, withoutRobots } from "./fixture_web.ts";
import { fates, withCatalog } from "./with_catalog.ts";

Deno.test("reservingRule: prefixes, stars and ends; the longest wins, a reservation wins a tie", () => {
  const rules = (...list: [string, number][]) =>
    tdmRules(JSON.stringify(
      list.map(([location, reservation]) => ({ location, "tdm-reservation": reservation })),
    ));
  const reserved = (path: string, ...list: [string, number][]) =>
    reservingRule(rules(...list), path)?.location ?? null;
  assert.equal(reserved("/a/1.jpg", ["/", 1]), "/");
  assert.equal(reserved("/a/1.jpg", ["/b/", 1]), null);
  assert.equal(reserved("/a/1.jpg", ["/a/", 1], ["/a/*.jpg", 0]), null);
  assert.equal(reserved("/a/1.png", ["/a/", 1], ["/a/*.jpg", 0]), "/a/");
  assert.equal(reserved("/a/1.jpg", ["/a", 0], ["/*", 1]), "/*");
  assert.equal(reserved("/b/x/y/1.jpg?w=9", ["*.jpg$", 1]), null);
  assert.equal(reserved("/b/x/y/1.jpg", ["*.jpg$", 1]), "*.jpg$");
  assert.equal(reserved("/b.jpg.jpg", ["/*.jpg$", 1]), "/*.jpg$");
  assert.equal(reserved("/b", ["/b$", 1]), "/b$");
  assert.equal(reserved("/bc", ["/b$", 1]), null);
  assert.equal(reserved("/%EA%B0%80/1.jpg", ["/가/", 1]), "/가/");
  const slow = `/${"*a".repeat(2000)}b`;
  assert.equal(
    reserved(`/${"a".repeat(5000)}`, [slow, 1]),
    null,
    "a hostile pattern takes no time",
  );
});

Deno.test("tdmRules: what is no such file states nothing", () => {
  assert.deepEqual(tdmRules(null), []);
  assert.deepEqual(tdmRules("<!DOCTYPE html><title>Welcome</title>"), []);
  assert.deepEqual(tdmRules('{"location": "/", "tdm-reservation": 1}'), []);
  assert.deepEqual(tdmRules('[null, 3, {"location": 5}, {"location": "/"}]'), []);
  const entry = '{"location": "/x", "tdm-reservation": "1", "tdm-policy": "http://a.example/p"}';
  assert.deepEqual(tdmRules(`[${entry}]`), [{ location: "/x", reserved: true }]);
});

Deno.test("crawl leaves alone what tdmrep.json reserves, and says by which rule", async () => {
  const pictures = await Promise.all([1, 2, 3].map((seed) => picture(seed)));
  const reserve = [
    { location: "/photos/", "tdm-reservation": 1 },
    { location: "/photos/free/", "tdm-reservation": 0 },
  ];
  await using web = serveFixture({
    "a.example": withoutRobots((_request, { pathname }) =>
      jpeg(pictures[Number(/\d/.exec(pathname))]!)
    ),
    "a.example/.well-known/tdmrep.json": () => Response.json(reserve),
    "ill.example": async () => jpeg(await picture(9)),
    "ill.example/.well-known/tdmrep.json": () => new Response(null, { status: 500 }),
  });
  await withCatalog(async (catalog) => {
    const found = await fates(catalog, web, [
      "http://a.example/0.jpg",
      "http://a.example/photos/1.jpg",
      "http://a.example/photos/free/2.jpg",
      "http://ill.example/9.jpg",
    ]);
    assert.deepEqual(found, {
      "http://a.example/0.jpg": "kept",
      "http://a.example/photos/1.jpg": "rejected opt-out",
      "http://a.example/photos/free/2.jpg": "kept",
      "http://ill.example/9.jpg": "failed opt-out-unreachable",
    });
    for (const path of ["a.example/photos/1.jpg", "ill.example/9.jpg"]) {
      assert.ok(!web.requests.includes(path), `${path} was asked for`);
    }
    const asked = web.requests.filter((path) => path.endsWith("tdmrep.json"));
    assert.equal(asked.filter((path) => path.startsWith("a.example")).length, 1);
    assert.deepEqual(
      catalog.compliance().rules.map(({ reason, detail, count }) => [reason, detail, count]),
      [["opt-out", "tdmrep.json: /photos/", 1], ["opt-out-unreachable", null, 1]],
    );
  });
});

Deno.test("crawl minds the directives of X-Robots-Tag that it is told to mind", async () => {
  await using web = serveFixture({
    "a.example": withoutRobots(async () => jpeg(await picture(4), { "x-robots-tag": "noml" })),
  });
  for (
    const [optOuts, fate] of [[["noai", "noml"], "rejected opt-out"], [["noai"], "kept"]] as const
  ) {
    await withCatalog(async (catalog) => {
      const found = await fates(catalog, web, ["http://a.example/1.jpg"], { optOuts });
      assert.deepEqual(Object.values(found), [fate]);
    });
  }
});
