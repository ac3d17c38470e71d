import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { type Catalog, openCatalog } from "../../lib/catalog/mod.ts";
import { judge, select } from "../../lib/faces/mod.ts";
import { inFolder } from "../in_folder.ts";
import { fillCatalog, photoPieces } from "./fill_catalog.ts";
import { brightnessModel, markFaces, normalization } from "./stub_models.ts";

async function openFilled(folder: string, count: number): Promise<Catalog> {
  const catalog = openCatalog(`${folder}/catalog.sqlite`);
  await fillCatalog(catalog, await photoPieces(count));
  markFaces(catalog);
  return catalog;
}

/** Judges in a process of its own; kills it when it prints a line that matches. */
async function judgeInProcess(folder: string, killAt?: RegExp): Promise<Deno.Signal | null> {
  const script = fileURLToPath(new URL("./judge_process.ts", import.meta.url));
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", script, `${folder}/catalog.sqlite`],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  for await (const text of process.stdout.pipeThrough(new TextDecoderStream())) {
    if (killAt?.test(text)) process.kill("SIGKILL");
  }
  return (await process.status).signal;
}

Deno.test("judge killed by SIGKILL between two groups resumes to the catalogue of an undisturbed run", async () => {
  await inFolder(async (folder) => {
    const folders = [`${folder}/calm`, `${folder}/killed`];
    for (const own of folders) (await openFilled(own, 40))[Symbol.dispose]();
    assert.equal(await judgeInProcess(folders[0]!), null);
    assert.equal(await judgeInProcess(folders[1]!, /judged 8\n/), "SIGKILL");
    assert.equal(await judgeInProcess(folders[1]!), null);
    const [calm, killed] = folders.map((own) => {
      using catalog = openCatalog(`${own}/catalog.sqlite`);
      return catalog.snapshot();
    });
    assert.match(calm!, /# judgements 80\n/);
    assert.equal(killed, calm);
  });
});

Deno.test("judge asks a model that comes later about all faces, and the others about none again", async () => {
  await inFolder(async (folder) => {
    using catalog = await openFilled(folder, 10);
    const [first, second] = [brightnessModel("first"), brightnessModel("second")];
    await Array.fromAsync(judge(catalog, { normalization, models: [first] }));
    await Array.fromAsync(judge(catalog, { normalization, models: [first, second] }));
    assert.deepEqual([first.asked, second.asked], [10, 10]);
  });
});

Deno.test("judge leaves a face whose picture is gone unjudged, and select says so", async () => {
  await inFolder(async (folder) => {
    using catalog = await openFilled(folder, 6);
    await Deno.remove(catalog.resolve(catalog.keptPictures()[2]!.file!));
    const models = [brightnessModel("only")];
    const reports = await Array.fromAsync(judge(catalog, { normalization, models }));
    assert.match(reports.at(-1)!.note!, /1 of pictures that cannot be read/);
    const options = { normalization, models: ["only"], threshold: 0, duplicateSimilarity: null };
    const { kept, rejected } = select(catalog, options);
    assert.equal(kept, 5);
    assert.deepEqual(rejected, { "not-judged": 1 });
  });
});
