// Our crawl beside icrawler on the same site; then our memory as the number of pictures grows.
// Writes result.json here and a figure into docs/pictures/.
import { median } from "d3-array";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bars, save } from "../../lib/show/mod.ts";

const folder = dirname(fileURLToPath(import.meta.url));
const repository = join(folder, "..", "..");
const rounds = 3;
const pictures = 1000; // icrawler takes no more than 1,000 results from Bing

/** One crawl: what it fetched, in which time, and the most memory that its process held. */
interface Crawl {
  readonly pictures: number;
  readonly seconds: number;
  readonly megabytes: number;
}

const deno = (script: string) => [Deno.execPath(), "run", "-A", "--no-check", join(folder, script)];
const crawlers = {
  ours: deno("ours.ts"),
  icrawler: [join(folder, ".venv/bin/python"), join(folder, "icrawler_peer.py")],
};

/** Runs one crawl into an empty folder and reads the peak of its memory from /proc. */
async function crawl(
  name: keyof typeof crawlers,
  site: string,
  { pictures, parallelism }: { pictures: number; parallelism: number },
): Promise<Crawl> {
  const target = await Deno.makeTempDir();
  const [program, ...args] = crawlers[name];
  const process = new Deno.Command(program!, {
    args: [...args, target, site, String(pictures), String(parallelism)],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let kilobytes = 0;
  const timer = setInterval(() => {
    try {
      const status = Deno.readTextFileSync(`/proc/${process.pid}/status`);
      kilobytes = Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? kilobytes);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }, 20);
  const { code, stdout } = await process.output();
  clearInterval(timer);
  await Deno.remove(target, { recursive: true });
  if (code !== 0) throw new Error(`${name} ended with code ${code}`);
  return { ...JSON.parse(new TextDecoder().decode(stdout)), megabytes: kilobytes / 1024 };
}

/** A site's number of pictures, and the milliseconds before every answer. */
interface Site {
  readonly pictures: number;
  readonly latency: number;
}

/** Serves a site in a process of its own while `work` runs. */
async function withSite(
  { pictures, latency }: Site,
  work: (site: string) => Promise<void>,
): Promise<void> {
  const [program, ...args] = deno("site.ts");
  const process = new Deno.Command(program!, {
    args: [...args, String(pictures), String(latency)],
    stdout: "piped",
  }).spawn();
  const { value } = await process.stdout.pipeThrough(new TextDecoderStream()).getReader().read();
  try {
    await work(value!.trim());
  } finally {
    process.kill();
    await process.status;
  }
}

const names = ["ours", "icrawler"] as const;
const races: Record<string, string | number>[] = [];
const rates: Record<string, Record<string, number>> = { ours: {}, icrawler: {} };

await withSite({ pictures, latency: 50 }, async (site) => {
  for (const parallelism of [16, 64]) {
    const runs: Record<keyof typeof crawlers, Crawl[]> = { ours: [], icrawler: [] };
    // One crawl of each that is not counted, so that neither pays for cold files.
    for (let round = -1; round < rounds; round++) {
      for (const name of names) {
        const run = await crawl(name, site, { pictures, parallelism });
        console.log(parallelism, name, run);
        if (round >= 0) runs[name].push(run);
      }
    }
    for (const name of names) {
      const middle = (what: (run: Crawl) => number) => median(runs[name], what)!;
      const rate = middle((run) => run.pictures / run.seconds);
      rates[name]![`${parallelism} at a time`] = rate;
      races.push({
        parallelism,
        name,
        pictures: middle((run) => run.pictures),
        seconds: middle((run) => run.seconds),
        "pictures a second": rate,
        megabytes: middle((run) => run.megabytes),
      });
    }
  }
});

const growth: Crawl[] = [];
await withSite({ pictures: 20_000, latency: 5 }, async (site) => {
  for (const count of [1000, 5000, 20_000]) {
    growth.push(await crawl("ours", site, { pictures: count, parallelism: 16 }));
    console.log(growth.at(-1));
  }
});

console.table(races);
console.table(growth);
await Deno.writeTextFile(
  join(folder, "result.json"),
  JSON.stringify({ rounds, races, growth }, null, 2) + "\n",
);
await save(
  bars(rates, {
    title: "A site with 50 ms latency and a slow host",
    y: "pictures a second",
    height: 320,
  }),
  join(repository, "docs/pictures/bench_scrape.png"),
);
