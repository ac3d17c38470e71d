// Our crawl beside icrawler on the same site; then our memory as the number of pictures grows.
// Writes result.json here and a figure into docs/pictures/.
import { median } from "d3-array";
import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bars, save } from "../../lib/show/mod.ts";

const folder = dirname(fileURLToPath(import.meta.url));
const repository = join(folder, "..", "..");
const rounds = 3;
const pictures = 1000; // icrawler takes no more than 1,000 results from Bing

/** One crawl: what it fetched, in which time, and what its process took for it. */
interface Crawl {
  readonly pictures: number;
  /** From the beginning of the call that crawls to its return. */
  readonly seconds: number;
  /** From the beginning to the last byte of the last picture: without any waiting at the end. */
  readonly secondsToLastFile: number;
  /** Time of all cores, start of the program included. */
  readonly processorSeconds: number;
  /** Most memory that the process held. */
  readonly megabytes: number;
}

const deno = (script: string) => [Deno.execPath(), "run", "-A", "--no-check", join(folder, script)];
const crawlers = {
  ours: deno("ours.ts"),
  icrawler: [join(folder, ".venv/bin/python"), join(folder, "icrawler_peer.py")],
};

/** Clock ticks of a second in /proc/PID/stat. */
const ticks = 100;

/** Runs one crawl into an empty folder and reads from /proc what it takes. */
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
  let [kilobytes, processorSeconds] = [0, 0];
  const timer = setInterval(() => {
    try {
      const status = Deno.readTextFileSync(`/proc/${process.pid}/status`);
      kilobytes = Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? kilobytes);
      const stat = Deno.readTextFileSync(`/proc/${process.pid}/stat`);
      const [user, system] = stat.slice(stat.lastIndexOf(")")).split(" ").slice(12).map(Number);
      processorSeconds = Math.max(processorSeconds, (user! + system!) / ticks);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }, 20);
  const { code, stdout } = await process.output();
  clearInterval(timer);
  if (code !== 0) throw new Error(`${name} ended with code ${code}`);
  const { pictures: count, began, seconds } = JSON.parse(new TextDecoder().decode(stdout));
  const secondsToLastFile = (newestPicture(target) - began) / 1000;
  await Deno.remove(target, { recursive: true });
  return {
    pictures: count,
    seconds,
    secondsToLastFile,
    processorSeconds,
    megabytes: kilobytes / 1024,
  };
}

/** When the newest picture below a folder was written, in milliseconds since 1970. */
function newestPicture(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".jpg"));
  return files.reduce((newest, file) => Math.max(newest, statSync(join(folder, file)).mtimeMs), 0);
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
  // One crawl of each that is not counted, so that neither pays for cold files.
  for (const name of names) await crawl(name, site, { pictures: 100, parallelism: 16 });
  for (const parallelism of [16, 64]) {
    const runs: Record<keyof typeof crawlers, Crawl[]> = { ours: [], icrawler: [] };
    for (let round = 0; round < rounds; round++) {
      for (const name of names) {
        const run = await crawl(name, site, { pictures, parallelism });
        console.log(`${parallelism} at a time, ${name}:`, run);
        runs[name].push(run);
      }
    }
    for (const name of names) {
      const speeds = runs[name].map((run) => run.pictures / run.seconds);
      rates[name]![`${parallelism} at a time`] = median(speeds)!;
      races.push({
        parallelism,
        name,
        pictures: median(runs[name], (run) => run.pictures)!,
        "pictures a second": median(speeds)!,
        slowest: Math.min(...speeds),
        fastest: Math.max(...speeds),
        "seconds to the last file": median(runs[name], (run) => run.secondsToLastFile)!,
        "processor ms a picture": median(
          runs[name],
          (run) => 1000 * run.processorSeconds / run.pictures,
        )!,
        "peak MB": median(runs[name], (run) => run.megabytes)!,
      });
    }
    const [ours, theirs] = races.slice(-2);
    for (const what of ["pictures a second", "peak MB"]) {
      const ratio = Number(ours![what]) / Number(theirs![what]);
      console.log(`${parallelism} at a time, ${what}: ${ratio.toFixed(2)} times icrawler's`);
    }
  }
});

const growth: Crawl[] = [];
await withSite({ pictures: 20_000, latency: 5 }, async (site) => {
  for (const count of [1000, 5000, 20_000]) {
    growth.push(await crawl("ours", site, { pictures: count, parallelism: 16 }));
    console.log("As the number of pictures grows:", growth.at(-1));
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
