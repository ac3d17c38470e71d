import assert from "node:assert/strict";
import { openCatalog } from "../../lib/catalog/mod.ts";
import { type HostFault, planWorld, serveWorld } from "../../lib/sample/mod.ts";
import { bing, crawl, type CrawlOptions, google } from "../../lib/scrape/mod.ts";
import { paintedWorld, urlOf } from "../sample/sample_world.ts";
import { picture } from "./fixture_web.ts";
import { finish } from "./with_catalog.ts";

const folder = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

const source = `${folder}/source`;
await Deno.mkdir(source);
for (let seed = 0; seed < 80; seed++) {
  await Deno.writeFile(`${source}/${seed}.jpg`, await picture(seed));
}
/** A world of coloured blobs in place of painted people: made in a second. */
const world = await paintedWorld(planWorld({ source }), { folder, workers: 1 });

const trapped = new Set(world.plan.links.filter(({ trap }) => trap !== null).map(urlOf));

const faults = {
  album: "too-many-requests",
  blog: "stall",
  fansite: "html",
  magazine: "unavailable",
  mirror: "redirect-loop",
  press: "wrong-length",
} as const satisfies Record<string, HostFault>;

const fateOf: Record<HostFault, string> = {
  "too-many-requests": "failed too-many-requests",
  "stall": "failed timeout",
  "html": "rejected not-a-picture",
  "unavailable": "failed server-error",
  "redirect-loop": "rejected redirects",
  "wrong-length": "failed cut-short",
};

Deno.test("a crawl of a web where every host misbehaves ends with a reason each, and mends later", async () => {
  const hostFaults: Partial<Record<keyof typeof faults, HostFault | null>> = { ...faults };
  const engineFaults: { bing?: "captcha" | null } = { bing: "captcha" };
  await using web = serveWorld(world, { hostFaults, faults: engineFaults, slowSeconds: 0.1 });
  const { endpoints, keywords, connectTo } = web;
  const options: CrawlOptions = {
    connectTo,
    minimumSize: [100, 100],
    perHost: { concurrency: 8, gap: 0 },
    concurrency: 32,
    backOff: 0.01,
    attempts: 2,
    timeout: 3,
    enginePauses: { captcha: 0.1 },
    queries: [
      ...keywords.google.map((keyword) => ({
        engine: google({ endpoint: endpoints.google }),
        keyword,
        limit: 40,
      })),
      { engine: bing({ endpoint: endpoints.bing }), keyword: keywords.bing[0]!, limit: 5 },
    ],
  };
  using catalog = openCatalog(`${folder}/crawl/catalog.sqlite`);
  await finish(crawl(catalog, options));
  const honest = catalog.pictures().filter(({ url }) => !trapped.has(url));
  const seen = new Set<string>();
  for (const { url, host, status, reason } of honest) {
    const name = host.replace(".sample", "") as keyof typeof faults;
    seen.add(name);
    assert.equal(`${status} ${reason}`, fateOf[faults[name]], url);
  }
  assert.deepEqual([...seen].toSorted(), Object.keys(faults));
  const [refused] = catalog.queries().filter(({ engine }) => engine === "bing");
  assert.deepEqual([refused!.status, refused!.reason], ["blocked", "captcha"]);

  Object.assign(hostFaults, {
    album: null,
    blog: null,
    fansite: null,
    magazine: null,
    mirror: null,
    press: null,
  });
  engineFaults.bing = null;
  const asked = web.requests.length;
  const settled = new Set(
    catalog.pictures({ status: "rejected" }).map(({ host, url }) =>
      host + url.slice(`http://${host}`.length)
    ),
  );
  await finish(crawl(catalog, { ...options, timeout: 30 }));
  for (const { host, path } of web.requests.slice(asked)) {
    assert.ok(!settled.has(host + path), `${host}${path} was settled and asked for again`);
  }
  const passing = honest.filter(({ status }) => status === "failed").map(({ url }) => url);
  const rows = new Map(catalog.pictures().map((row) => [row.url, row]));
  for (const url of passing) {
    const { status, reason } = rows.get(url)!;
    assert.ok(status === "kept" || reason === "duplicate", `${url}: ${status} ${reason}`);
  }
  assert.ok(catalog.queries().every(({ status }) => status === "done"));
});

Deno.test("a host that never ends is left alone after six downloads, and asked again by a later crawl", async () => {
  const hostFaults: { album: HostFault | null } = { album: "stall" };
  await using web = serveWorld(world, { hostFaults, slowSeconds: 0.01 });
  using catalog = openCatalog(`${folder}/endless/catalog.sqlite`);
  const engine = google({ endpoint: web.endpoints.google });
  const options: CrawlOptions = {
    connectTo: web.connectTo,
    minimumSize: [100, 100],
    perHost: { concurrency: 1, gap: 0 },
    attempts: 1,
    timeout: 0.5,
    queries: web.keywords.google.map((keyword) => ({ engine, keyword, limit: 60 })),
  };
  const ofAlbum = () =>
    catalog.pictures().filter(({ host, url }) => host === "album.sample" && !trapped.has(url));
  await finish(crawl(catalog, options));
  assert.ok(ofAlbum().length > 8, `${ofAlbum().length} pictures`);
  const fates = new Set(ofAlbum().map(({ status, reason }) => `${status} ${reason}`));
  assert.deepEqual([...fates], ["failed timeout"]);
  const asked = () =>
    web.requests.filter(({ host, path }) => host === "album.sample" && !/robots|tdmrep/.test(path))
      .length;
  // Pages of results that come later bring more of its pictures: one of them is tried each time.
  assert.ok(asked() >= 6 && asked() <= 6 + web.keywords.google.length, `${asked()} asked for`);

  hostFaults.album = null;
  await finish(crawl(catalog, { ...options, timeout: 30 }));
  assert.ok(ofAlbum().every(({ status, reason }) => status === "kept" || reason === "duplicate"));
});

Deno.test("the sample web's own log shows the gaps that the crawl keeps between requests", async () => {
  await using web = serveWorld(world, { slowSeconds: 0.01 });
  using catalog = openCatalog(`${folder}/gaps/catalog.sqlite`);
  const engine = bing({ endpoint: web.endpoints.bing });
  const queries = [{ engine, keyword: web.keywords.bing[0]!, limit: 8 }];
  const perHost = { concurrency: 2, gap: 0.1 };
  await finish(crawl(catalog, { connectTo: web.connectTo, queries, perHost }));
  const { visits } = catalog.compliance();
  const byHost = Map.groupBy(web.requests, ({ host }) => host);
  assert.deepEqual(
    new Map(visits.map(({ host, requests }) => [host, requests])),
    new Map([...byHost].map(([host, requests]) => [host, requests.length])),
  );
  for (const { smallestGap } of visits) assert.ok((smallestGap ?? 1) >= 0.1);
});
