import assert from "node:assert/strict";
import { openCatalog } from "../../lib/catalog/mod.ts";
import { type FixtureWeb, threeEngines } from "./fixture_web.ts";

const script = new URL("./crawl_process.ts", import.meta.url).pathname;

/** Crawls in a process of its own; with `killAfter` it is killed that many requests later. */
async function crawlProcess(
  path: string,
  web: FixtureWeb,
  killAfter = Infinity,
): Promise<"finished" | "killed"> {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", script, path, JSON.stringify(web.connectTo)],
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const begun = web.requests.length;
  let killed = false;
  const timer = setInterval(() => {
    if (killed || web.requests.length - begun < killAfter) return;
    killed = true;
    process.kill("SIGKILL");
  }, 1);
  const { code, stderr } = await process.output();
  clearInterval(timer);
  if (killed) return "killed";
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  return "finished";
}

/** Paths and sizes of every stored file. */
function files(folder: string): string[] {
  return [...Deno.readDirSync(`${folder}/pictures`)].flatMap(({ name }) =>
    [...Deno.readDirSync(`${folder}/pictures/${name}`)].map((file) => `${name}/${file.name}`)
  ).sort();
}

Deno.test("a crawl killed again and again ends in the same catalogue and the same files", async () => {
  const { web } = await threeEngines((path) => path.length % 7);
  await using _ = web;
  const folder = await Deno.makeTempDir();
  try {
    await crawlProcess(`${folder}/straight/catalog.sqlite`, web);
    // 77 requests for pictures and pages in all, each kill at another place; none at the end.
    let kills = 0;
    for (const requests of [1, 2, 4, 7, 3, 9, 12, 1, 6, 10]) {
      if (await crawlProcess(`${folder}/killed/catalog.sqlite`, web, requests) === "killed") {
        kills++;
      }
    }
    assert.ok(kills >= 8, `only ${kills} of 10 crawls were killed`);
    await crawlProcess(`${folder}/killed/catalog.sqlite`, web);
    using straight = openCatalog(`${folder}/straight/catalog.sqlite`);
    using killed = openCatalog(`${folder}/killed/catalog.sqlite`);
    assert.equal(straight.keptPictures().length, 57);
    assert.equal(killed.snapshot(), straight.snapshot());
    assert.deepEqual(files(`${folder}/killed`), files(`${folder}/straight`));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
