import assert from "node:assert/strict";
import { openCatalog } from "../../lib/catalog/mod.ts";
import {
  type EngineFault,
  type EngineName,
  paintWorld,
  planWorld,
  readWorld,
  reservingHost,
  type SampleWeb,
  serveWorld,
  type Trap,
  type World,
  worldFolder,
} from "../../lib/sample/mod.ts";
import { baidu, bing, crawl, type CrawlOptions, google, preview } from "../../lib/scrape/mod.ts";

const folder = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

let painted: Promise<World> | undefined;

/** A small painted world, the same for all tests of this file. */
function smallWorld(): Promise<World> {
  painted ??= (async () => {
    const plan = planWorld({ people: 30 });
    for await (const _ of paintWorld(plan, { folder, workers: 2 }));
    return await readWorld(worldFolder(plan, { folder }));
  })();
  return painted;
}

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
  const world = await smallWorld();
  await using web = serveWorld(world, { slowSeconds: 0.1 });
  using catalog = openCatalog(`${folder}/crawl/catalog.sqlite`);
  for await (const _ of crawl(catalog, optionsFor(web)));
  const rows = new Map(catalog.pictures().map((row) => [row.url, row]));
  for (const { host, path, trap } of world.plan.links) {
    const row = rows.get(`http://${host}.sample${path}`);
    assert.ok(row, `${host}${path} was not listed`);
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
  const world = await smallWorld();
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
    const world = await smallWorld();
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
