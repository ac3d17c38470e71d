import assert from "node:assert/strict";
import { type Catalog, openCatalog } from "../../lib/catalog/mod.ts";
import type { Progress } from "../../lib/run/mod.ts";
import { crawl, type CrawlOptions, urls } from "../../lib/scrape/mod.ts";
import { inFolder } from "../in_folder.ts";
import type { FixtureWeb } from "./fixture_web.ts";

/** Manners of a crawl on this machine. */
export const quick = {
  minimumSize: [200, 200],
  perHost: { concurrency: 4, gap: 0 },
  backOff: 0.01,
  timeout: 5,
} as const;

/** A catalogue in a folder of its own, removed at the end. */
export function withCatalog(work: (catalog: Catalog) => Promise<void>): Promise<void> {
  return inFolder(async (folder) => {
    using catalog = openCatalog(`${folder}/catalog.sqlite`);
    await work(catalog);
  });
}

/** Paths of all files below `pictures`, in a catalogue's folder: "ab/SHA256.jpg". */
export function storedFiles(folder: string): string[] {
  return [...Deno.readDirSync(`${folder}/pictures`)].flatMap(({ name }) =>
    [...Deno.readDirSync(`${folder}/pictures/${name}`)].map((file) => `${name}/${file.name}`)
  ).sort();
}

/** Runs a stage to its end and returns the last report. */
export async function finish(stage: AsyncIterable<Progress>): Promise<Progress> {
  let last: Progress | undefined;
  for await (const progress of stage) {
    assert.ok(progress.done <= progress.total!, "more pictures done than known");
    last = progress;
  }
  return last!;
}

/** Crawls a plain list of addresses; returns "status reason" by address. */
export async function fates(
  catalog: Catalog,
  web: FixtureWeb,
  addresses: readonly string[],
  options: Partial<CrawlOptions> = {},
): Promise<Record<string, string>> {
  await finish(crawl(catalog, {
    ...quick,
    connectTo: web.connectTo,
    queries: [{ engine: urls(addresses), keyword: "list", limit: 1000 }],
    ...options,
  }));
  return Object.fromEntries(
    catalog.pictures().map((
      { url, status, reason },
    ) => [url, reason ? `${status} ${reason}` : status]),
  );
}
