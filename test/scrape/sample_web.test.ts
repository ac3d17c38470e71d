import assert from "node:assert/strict";
import { openCatalog } from "../../lib/catalog/mod.ts";
import {
  type EngineFault,
  type EngineName,
  planWorld,
  reservingHost,
  type SampleEngine,
  type SampleWeb,
  serveWorld,
  type Trap,
} from "../../lib/sample/mod.ts";
import { licenceOf } from "../../lib/sample/web/licence.ts";
import { resultLists } from "../../lib/sample/web/result_lists.ts";
import {
  baidu,
  bing,
  type Candidate,
  candidates,
  crawl,
  type CrawlOptions,
  duckduckgo,
  EngineError,
  type Filters,
  folder as pictureFolder,
  google,
  naver,
  openverse,
  preview,
  wikimedia,
} from "../../lib/scrape/mod.ts";
import { paintedWorld, urlOf } from "../sample/sample_world.ts";

const folder = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

/** A small painted world, the same for all tests of this file. */
const world = await paintedWorld(planWorld({ people: 30 }), { folder, workers: 2 });

const adapters = { google, bing, baidu };

function optionsFor({ endpoints, keywords, connectTo }: SampleWeb): CrawlOptions {
  return {
    connectTo,
    minimumSize: [200, 200],
    perHost: { concurrency: 4, gap: 0 },
    backOff: 0.01,
    queries: (Object.keys(adapters) as EngineName[]).flatMap((name) =>
      keywords[name].map((keyword) => ({
        engine: adapters[name]({ endpoint: endpoints[name] }),
        keyword,
        limit: 500,
      }))
    ),
  };
}

const fateOf: Record<Trap, string | null> = {
  missing: "missing",
  reset: "connection",
  cut: "cut-short",
  slow: null,
  moved: null,
  html: "not-a-picture",
  empty: "empty",
  truncated: "broken",
  small: "too-small",
  robots: "robots",
  noai: "opt-out",
};

Deno.test("crawl on the sample web: every trap gets its reason, every person is reached", async () => {
  await using web = serveWorld(world, { slowSeconds: 0.1 });
  using catalog = openCatalog(`${folder}/crawl/catalog.sqlite`);
  for await (const _ of crawl(catalog, optionsFor(web)));
  const rows = new Map(catalog.pictures().map((row) => [row.url, row]));
  for (const link of world.plan.links) {
    const { host, trap } = link;
    const row = rows.get(urlOf(link));
    assert.ok(row, `${urlOf(link)} was not listed`);
    const reason = row.reason === "duplicate" ? null : row.reason;
    const reserved = trap === "robots" && host === reservingHost;
    assert.equal(
      reason,
      reserved ? "opt-out" : trap && fateOf[trap],
      `${row.url}: ${trap} is ${row.reason} ${row.detail}`,
    );
  }
  const kept = catalog.keptPictures().map(({ sha256 }) => web.truthOf(sha256!)!);
  const originals = kept.map(({ id, copyOf }) => copyOf ?? id).sort();
  assert.deepEqual(originals, world.plan.pictures.map(({ id }) => id).sort());
  assert.equal(new Set(kept.flatMap(({ people }) => people!.map(({ person }) => person))).size, 30);
  assert.deepEqual(
    catalog.queries().map(({ status }) => status),
    catalog.queries().map(() => "done"),
  );
});

Deno.test("preview shows the first page of every engine with titles and sizes", async () => {
  await using web = serveWorld(world);
  for (const { engine, keyword } of optionsFor(web).queries) {
    const candidates = await preview({ engine, keyword }, { connectTo: web.connectTo });
    assert.ok(candidates.length > 0, `${engine.name} ${keyword}`);
    for (const { url, pageUrl, thumbnailUrl, title, width, height } of candidates) {
      for (const address of [url, pageUrl, thumbnailUrl]) {
        assert.match(address!, /^http:.*\.sample\//);
      }
      assert.ok(title && width! > 0 && height! > 0);
      assert.doesNotMatch(title, /<\/?strong>|&amp;|\\/);
    }
  }
});

const faults: [EngineName, EngineFault, string][] = [
  ["google", "captcha", "blocked captcha"],
  ["google", "consent", "blocked consent"],
  ["google", "too-many-requests", "blocked blocked"],
  ["bing", "captcha", "blocked captcha"],
  ["bing", "changed-format", "failed format-changed"],
  ["baidu", "captcha", "blocked blocked"],
  ["baidu", "changed-format", "failed format-changed"],
];
for (const [name, fault, expected] of faults) {
  Deno.test(`sample web: ${name} with ${fault} is ${expected}, the others go on`, async () => {
    await using web = serveWorld(world, { faults: { [name]: fault } });
    const memory = await Deno.makeTempDir();
    try {
      using catalog = openCatalog(`${memory}/catalog.sqlite`);
      const { queries, ...options } = optionsFor(web);
      const short = queries.map((query) => ({ ...query, limit: 2 }));
      // While it refuses, the sample engine answers requests for robots.txt in the same way.
      const robots = { robotsOnSearchPages: false, attempts: 1 };
      for await (const _ of crawl(catalog, { ...options, ...robots, queries: short }));
      for (const { engine, status, reason } of catalog.queries()) {
        assert.equal(`${status} ${reason}`, engine === name ? expected : "done limit", engine);
      }
    } finally {
      await Deno.remove(memory, { recursive: true });
    }
  });
}

const everyEngine = { ...adapters, naver, duckduckgo, openverse, wikimedia };

/** Everything that an engine of the sample web finds. */
async function found(
  web: SampleWeb,
  name: SampleEngine,
  query: { keyword: string; limit?: number; offset?: number; filters?: Filters },
): Promise<Candidate[]> {
  const engine = everyEngine[name]({ endpoint: web.endpoints[name] });
  return await Array.fromAsync(
    candidates({ engine, ...query }, { connectTo: web.connectTo, gap: 0 }),
  );
}

for (const name of Object.keys(everyEngine) as SampleEngine[]) {
  Deno.test(`candidates: ${name} finds all that the sample web lists, in its order, ranked`, async () => {
    await using web = serveWorld(world);
    const links = new Map(world.plan.links.map((link) => [link.id, link]));
    for (const [keyword, ids] of Object.entries(resultLists(world.plan)[name])) {
      const listed = ids.map((id) => links.get(id)!);
      const all = await found(web, name, { keyword });
      assert.deepEqual(
        all.map(({ url }) => url),
        listed.map(urlOf),
      );
      assert.deepEqual(all.map(({ rank }) => rank), all.map((_, index) => index + 1));
      for (const [index, { title, licence, author, licenceUrl }] of all.entries()) {
        assert.equal(title, listed[index]!.title);
        if (name !== "openverse" && name !== "wikimedia") continue;
        const open = licenceOf(listed[index]!)!;
        assert.deepEqual([licence, licenceUrl, author], [open.name, open.url, open.author]);
      }
      const some = await found(web, name, { keyword, limit: 3, offset: 2 });
      assert.deepEqual(some, all.slice(2, 5));
    }
    assert.deepEqual(await found(web, name, { keyword: "no such keyword" }), []);
  });

  Deno.test(`candidates: ${name} under each fault of the sample web ends in an EngineError`, async () => {
    const keyword = Object.keys(resultLists(world.plan)[name])[0]!;
    const reasons: Partial<Record<EngineFault, string>> = {};
    for (const fault of ["captcha", "consent", "too-many-requests", "changed-format"] as const) {
      await using web = serveWorld(world, { faults: { [name]: fault } });
      const engine = everyEngine[name]({ endpoint: web.endpoints[name] });
      const options = { connectTo: web.connectTo, robotsOnSearchPages: false };
      await assert.rejects(preview({ engine, keyword }, options), (error) => {
        if (error instanceof EngineError) reasons[fault] = error.reason;
        return error instanceof EngineError;
      });
    }
    assert.deepEqual(reasons, {
      captcha: name === "baidu" ? "blocked" : "captcha",
      consent: "consent",
      "too-many-requests": "blocked",
      "changed-format": "format-changed",
    });
  });
}

Deno.test("the licence filter reaches the sample web's engines that have it", async () => {
  await using web = serveWorld(world);
  const open = new Set(world.plan.links.filter((link) => licenceOf(link)).map(urlOf));
  for (const name of ["bing", "naver", "duckduckgo"] as const) {
    const keyword = web.keywords[name][0]!;
    const all = await found(web, name, { keyword });
    const filtered = await found(web, name, { keyword, filters: { licence: "commercial" } });
    assert.deepEqual(
      filtered.map(({ url }) => url),
      all.map(({ url }) => url).filter((url) => open.has(url)),
    );
  }
  for (const name of ["openverse", "wikimedia"] as const) {
    const keyword = web.keywords[name][0]!;
    const free = await found(web, name, { keyword, filters: { licence: "public-domain" } });
    assert.ok(free.length > 0);
    assert.ok(free.every(({ licence }) => licence === "CC0 1.0"));
  }
});

Deno.test("crawl takes the pictures of a folder in, and rejects what is none", async () => {
  const place = await Deno.makeTempDir();
  try {
    const painted = world.truth.find(({ width, format }) => width >= 300 && format === "jpeg")!;
    await Deno.copyFile(`${world.folder}/${painted.file}`, `${place}/걸 그룹#1.jpg`);
    await Deno.writeTextFile(`${place}/page.png`, "<!DOCTYPE html><title>Log in</title>");
    await Deno.writeTextFile(`${place}/empty.gif`, "");
    using catalog = openCatalog(`${place}/run/catalog.sqlite`);
    const queries = [{ engine: pictureFolder(place), keyword: "mine", limit: 10 }];
    for await (const _ of crawl(catalog, { queries, minimumSize: [100, 100] }));
    assert.deepEqual(catalog.pictures({ status: "kept" }).map(({ sha256 }) => sha256), [
      painted.sha256,
    ]);
    assert.deepEqual(
      catalog.pictures({ status: "rejected" }).map(({ reason }) => reason).sort(),
      ["empty", "not-a-picture"],
    );
    assert.deepEqual(catalog.origins().map(({ title }) => title).sort(), [
      "empty.gif",
      "page.png",
      "걸 그룹#1.jpg",
    ]);
  } finally {
    await Deno.remove(place, { recursive: true });
  }
});

Deno.test("crawl: a filter that the engine lacks closes the query as failed; an offset makes another query", async () => {
  await using web = serveWorld(world);
  const place = await Deno.makeTempDir();
  try {
    using catalog = openCatalog(`${place}/catalog.sqlite`);
    const engine = google({ endpoint: web.endpoints.google });
    const keyword = web.keywords.google[0]!;
    const queries = [
      { engine, keyword, limit: 2, filters: { type: "portrait" } as const },
      { engine, keyword, limit: 2 },
      { engine, keyword, limit: 2, offset: 2 },
    ];
    for await (const _ of crawl(catalog, { ...optionsFor(web), queries }));
    const ends = catalog.queries().map(({ filters, status, reason }) => [filters, status, reason]);
    assert.deepEqual(ends, [
      ['{"offset":"2"}', "done", "limit"],
      ['{"type":"portrait"}', "failed", "filter"],
      ["{}", "done", "limit"],
    ]);
    assert.equal(catalog.pictures().length, 4);
  } finally {
    await Deno.remove(place, { recursive: true });
  }
});
