import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { openCatalog } from "../../lib/catalog/mod.ts";
import { randomNumbers } from "../../lib/run/mod.ts";
import type { FixtureWeb } from "./fixture_web.ts";
import { threeEngineWeb } from "./three_engines.ts";
import { storedFiles } from "./with_catalog.ts";

const script = new URL("./crawl_process.ts", import.meta.url).pathname;

/** Starts a process that crawls into the catalogue as soon as it is told to. */
function crawlProcess(path: string, web: FixtureWeb): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", script, path, JSON.stringify(web.connectTo)],
    stdin: "piped",
    stdout: "null",
    stderr: "piped",
  }).spawn();
}

async function begin(process: Deno.ChildProcess): Promise<void> {
  const writer = process.stdin.getWriter();
  await writer.write(new Uint8Array(1));
  await writer.close();
}

async function end(process: Deno.ChildProcess): Promise<void> {
  const { code, stderr } = await process.output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
}

/** Kills a running crawl a random number of requests and milliseconds later; false: it was over. */
async function killSoon(
  process: Deno.ChildProcess,
  web: FixtureWeb,
  random: () => number,
): Promise<boolean> {
  const requests = web.requests.length + Math.floor(random() * 5);
  const milliseconds = random() * 30;
  let over = false;
  const output = process.output().finally(() => over = true);
  const pause = (time: number) => new Promise((resolve) => setTimeout(resolve, time));
  while (!over && web.requests.length < requests) await pause(1);
  await pause(milliseconds);
  if (!over) process.kill("SIGKILL");
  const { signal, code, stderr } = await output;
  if (signal === null) assert.equal(code, 0, new TextDecoder().decode(stderr));
  return signal !== null;
}

/** Path and sha256 of every stored file. */
function files(folder: string): string[] {
  return storedFiles(folder).map((name) => {
    const bytes = Deno.readFileSync(`${folder}/pictures/${name}`);
    return `${name} ${createHash("sha256").update(bytes).digest("hex")}`;
  });
}

Deno.test("crawls killed at 50 random moments end in the same catalogue and the same bytes", async () => {
  const seed = Number(Deno.env.get("SEED") ?? 1);
  console.log(`seed ${seed}`);
  const random = randomNumbers(seed);
  await using web = await threeEngineWeb((path) => path.length % 7);
  const folder = await Deno.makeTempDir();
  try {
    const undisturbed = crawlProcess(`${folder}/straight/catalog.sqlite`, web);
    await begin(undisturbed);
    await end(undisturbed);
    using straight = openCatalog(`${folder}/straight/catalog.sqlite`);
    assert.equal(straight.keptPictures().length, 57);
    let kills = 0;
    for (let chain = 0; kills < 50; chain++) {
      const path = `${folder}/${chain}/catalog.sqlite`;
      let next = crawlProcess(path, web);
      for (let alive = true; alive;) {
        const process = next;
        // A process takes longer to start than a crawl to be killed: the next one starts beside it.
        next = crawlProcess(path, web);
        await begin(process);
        alive = kills < 50 && await killSoon(process, web, random);
        if (alive) kills++;
        else if (kills >= 50) await end(process);
      }
      await begin(next); // a crawl that is over has nothing left to do
      const before = web.requests.length;
      await end(next);
      assert.equal(web.requests.length, before);
      using killed = openCatalog(path);
      assert.equal(killed.snapshot(), straight.snapshot(), `chain ${chain}`);
      assert.deepEqual(files(`${folder}/${chain}`), files(`${folder}/straight`), `chain ${chain}`);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
