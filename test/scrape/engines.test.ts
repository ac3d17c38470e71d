import assert from "node:assert/strict";
import {
  baidu,
  type Candidate,
  duckduckgo,
  type Engine,
  EngineError,
  flickr,
  folder,
  google,
  urls,
  wikimedia,
} from "../../lib/scrape/mod.ts";
import { decipher } from "../../lib/scrape/engines/baidu.ts";
import {
  casesOf,
  fixtureEngines,
  fixtureFolder,
  type Reply,
  replyToStart,
  searchFixture,
} from "./engine_fixtures.ts";

const named = (name: string) => fixtureEngines.find((engine) => engine.name === name)!;

/** Answers every page with one case of the engine's fixtures, or each with its own. */
async function answering(
  engine: Engine,
  ...cases: string[]
): Promise<(url: URL) => Reply | Promise<Reply>> {
  const known = new Map((await casesOf(fixtureFolder(engine.name))).map((one) => [one.name, one]));
  let page = 0;
  return (url) => {
    if (url.pathname === "/") return replyToStart(engine.name);
    return known.get(cases[Math.min(page++, cases.length - 1)]!)!.reply;
  };
}

for (const engine of fixtureEngines) {
  for (const { name, expected } of await casesOf(fixtureFolder(engine.name))) {
    const meaning = typeof expected === "string" ? expected : `${expected.length} candidates`;
    Deno.test(`${engine.name} reads its fixture "${name}" as ${meaning}`, async () => {
      const search = searchFixture(engine, await answering(engine, name), { most: 1 });
      if (typeof expected !== "string") assert.deepEqual((await search).found, expected);
      else {
        await assert.rejects(
          search,
          (error) => error instanceof EngineError && error.reason === expected,
        );
      }
    });
  }

  Deno.test(`${engine.name} ends where its last page is repeated`, async () => {
    const { pages, asked } = await searchFixture(engine, await answering(engine, "page"), {
      most: 50,
    });
    assert.deepEqual(pages, [0]);
    assert.ok(asked.filter(({ pathname }) => pathname !== "/").length <= 2);
  });

  Deno.test(`${engine.name} ends after a last page, an empty page ends a search too`, async () => {
    const reply = await answering(engine, "page", "last", "empty");
    const { pages, found } = await searchFixture(engine, reply);
    assert.deepEqual(pages, [0, 1]);
    assert.deepEqual(found.map(({ engine }) => engine), found.map(() => engine.name));
  });

  Deno.test(`${engine.name}: an offset begins on its page and passes over what is before`, async () => {
    const reply = await answering(engine, "page");
    const first = await searchFixture(engine, reply, { most: 1 });
    const query = { keyword: "걸그룹 셀카", offset: 1 };
    const shifted = await searchFixture(engine, reply, { most: 1, query });
    assert.deepEqual(shifted.found, first.found.slice(1));
    const next = await searchFixture(engine, reply, { most: 1, firstPage: 1 });
    const far = { keyword: "걸그룹 셀카", offset: next.found[0]!.rank - 1 };
    const jumped = await searchFixture(engine, reply, { most: 1, query: far });
    assert.deepEqual(jumped.asked.at(-1), next.asked.at(-1));
    assert.deepEqual(jumped.pages, [1]);
    assert.deepEqual(jumped.found, next.found);
  });
}

Deno.test("an EngineError carries the engine's Retry-After", async () => {
  const engine = named("naver");
  await assert.rejects(
    searchFixture(engine, await answering(engine, "too_many")),
    (error) => error instanceof EngineError && error.retryAfter === 30,
  );
});

const paging: Record<string, [parameter: string, pages: (string | null)[]]> = {
  google: ["start", ["0", "10", "20"]],
  bing: ["first", ["1", "36", "71"]],
  baidu: ["pn", ["0", "30", "60"]],
  naver: ["start", ["1", "51", "101"]],
  duckduckgo: ["s", [null, "100", "200"]],
  openverse: ["page", ["1", "2", "3"]],
  wikimedia: ["gsroffset", ["0", "50", "100"]],
  flickr: ["page", ["1", "2", "3"]],
};
for (const [name, [parameter, expected]] of Object.entries(paging)) {
  Deno.test(`${name} asks for its pages by ${parameter}`, async () => {
    const engine = named(name);
    const reply = await answering(engine, "page");
    const found = await Promise.all([0, 1, 2].map(async (firstPage) => {
      const { asked } = await searchFixture(engine, reply, { firstPage, most: 1 });
      return asked.at(-1)!.searchParams.get(parameter);
    }));
    assert.deepEqual(found, expected);
  });
}

Deno.test("google asks for no more than 50 pages, and with the cookie that spares the consent page", async () => {
  const engine = google({ endpoint: "http://google.sample/" });
  const reply = await answering(engine, "page");
  const { asked, headers } = await searchFixture(engine, reply, { firstPage: 49, most: 1 });
  assert.equal(asked[0]!.host, "google.sample");
  assert.equal(asked[0]!.searchParams.get("q"), "걸그룹 셀카");
  assert.equal(headers[0]!.cookie, "CONSENT=YES+");
  assert.deepEqual((await searchFixture(engine, reply, { firstPage: 50 })).asked, []);
});

Deno.test("baidu brings the front page's cookies; its old cipher is read", async () => {
  const { asked, headers } = await searchFixture(baidu(), await answering(baidu(), "page"));
  assert.deepEqual(asked.map(({ pathname }) => pathname), [
    "/",
    "/search/acjson",
    "/search/acjson",
  ]);
  assert.deepEqual(headers.map(({ cookie }) => cookie), [
    undefined,
    "BAIDUID=1:FG=1",
    "BAIDUID=1:FG=1",
  ]);
  assert.equal(
    decipher("ippr_z2C$qAzdH3FAzdH3Fw_z&e3Bjxw4rsjAzdH3F8d_z&e3B3r2"),
    "http://a.example/12.jpg",
  );
});

Deno.test("duckduckgo brings its token and referrer; a page without token is format-changed", async () => {
  const engine = duckduckgo({ endpoint: "http://ddg.sample" });
  const { asked, headers } = await searchFixture(engine, await answering(engine, "last"));
  assert.deepEqual(asked.map(({ pathname }) => pathname), ["/", "/i.js"]);
  assert.equal(asked[1]!.searchParams.get("vqd"), "4-138264921035746");
  assert.equal(headers[1]!.referer, "http://ddg.sample/");
  await assert.rejects(
    searchFixture(engine, () => ({ text: "<!DOCTYPE html><title>DuckDuckGo</title>" })),
    (error) => error instanceof EngineError && error.reason === "format-changed",
  );
});

Deno.test("wikimedia puts results in the order of their index, whatever their numbers", async () => {
  const { found } = await searchFixture(wikimedia(), await answering(wikimedia(), "page"), {
    most: 1,
  });
  assert.deepEqual(found.map(({ title }) => title), ["Kim & friends", "Second on the list.png"]);
});

Deno.test("flickr asks for a key and never tells it", async () => {
  assert.throws(() => flickr({ key: "" }), /key/);
  const engine = flickr({ key: "very secret" });
  const { asked } = await searchFixture(engine, await answering(engine, "last"));
  assert.equal(asked[0]!.searchParams.get("api_key"), "very secret");
  await assert.rejects(
    searchFixture(engine, await answering(engine, "key")),
    (error) => error instanceof EngineError && !error.message.includes("very secret"),
  );
});

const urlOf = ({ url }: Candidate) => url;

Deno.test("urls lists addresses in order, page by page, and refuses what is no web address", async () => {
  const list = Array.from({ length: 250 }, (_, index) => `http://a.example/${index}.jpg`);
  const all = await searchFixture(urls(list), () => ({}));
  assert.deepEqual(all.pages, [0, 1, 2]);
  assert.deepEqual(all.found.map(urlOf), list);
  const query = { keyword: "mine", offset: 30 };
  const rest = await searchFixture(urls(list), () => ({}), { query, firstPage: 1 });
  assert.deepEqual(rest.found.map(urlOf), list.slice(130));
  assert.deepEqual(rest.found.map(({ rank }) => rank)[0], 131);
  assert.deepEqual((await searchFixture(urls([]), () => ({}))).found, []);
  assert.throws(() => urls(["file:///etc/passwd"]), /http or https/);
});

Deno.test("folder lists the pictures below it in the order of their paths, and no links", async () => {
  const place = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${place}/b`);
    for (const file of ["b/2.PNG", "a.jpg", "notes.txt", "걸 그룹#1.webp"]) {
      await Deno.writeTextFile(`${place}/${file}`, "x");
    }
    await Deno.symlink("/etc/hostname", `${place}/link.jpg`);
    const { found } = await searchFixture(folder(place), () => ({}));
    assert.deepEqual(found.map(({ title }) => title), ["a.jpg", "b/2.PNG", "걸 그룹#1.webp"]);
    for (const { url } of found) assert.ok(await Deno.stat(new URL(url)));
    await assert.rejects(
      searchFixture(folder(`${place}/none`), () => ({})),
      Deno.errors.NotFound,
    );
  } finally {
    await Deno.remove(place, { recursive: true });
  }
});
