import assert from "node:assert/strict";
import { type Catalog, openCatalog } from "../../lib/catalog/mod.ts";
import { judge, select } from "../../lib/faces/mod.ts";
import { inFolder } from "../in_folder.ts";
import { fillCatalog, photoPieces } from "./fill_catalog.ts";
import { type Kill, runScript } from "./run_script.ts";
import { brightnessModel, markFaces, normalization } from "./stub_models.ts";

async function openFilled(folder: string, count: number): Promise<Catalog> {
  const catalog = openCatalog(`${folder}/catalog.sqlite`);
  await fillCatalog(catalog, await photoPieces(count));
  markFaces(catalog);
  return catalog;
}

const judgeInProcess = (folder: string, kill?: Kill) =>
  runScript("judge_process.ts", `${folder}/catalog.sqlite`, kill);

Deno.test("judge killed by SIGKILL between two groups resumes to the catalogue of an undisturbed run", async () => {
  await inFolder(async (folder) => {
    const folders = [`${folder}/calm`, `${folder}/killed`];
    for (const own of folders) (await openFilled(own, 40))[Symbol.dispose]();
    assert.equal(await judgeInProcess(folders[0]!), null);
    assert.equal(await judgeInProcess(folders[1]!, ["judged 8\n"]), "SIGKILL");
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
