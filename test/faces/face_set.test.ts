import assert from "node:assert/strict";
import { parquetReadObjects } from "hyparquet";
import { join } from "node:path";
import { type Catalog, openCatalog } from "../../lib/catalog/mod.ts";
import {
  exportFaces,
  identities,
  readFaceSet,
  select,
  selectedCrops,
} from "../../lib/faces/mod.ts";
import { decodeImage, encodePng } from "../../lib/image/mod.ts";
import { faceTensors } from "../../lib/train/mod.ts";
import { inFolder } from "../in_folder.ts";
import { fillCatalog } from "./fill_catalog.ts";

const normalization = JSON.stringify({ align: { size: 12 } });

const inCatalog = (test: (catalog: Catalog, folder: string) => Promise<void>) =>
  inFolder(async (folder) => {
    using catalog = openCatalog(join(folder, "catalog.sqlite"));
    await test(catalog, folder);
  });

/**
 * Thirty pictures of two judged faces each, with crops of one grey value each. The faces of pictures 2n and
 * 2n + 1 have one embedding; the second face of each reads as a man's.
 */
async function fillJudged(catalog: Catalog): Promise<void> {
  await fillCatalog(catalog, Array.from({ length: 30 }, (_, index) => Uint8Array.of(index, 1)));
  await Deno.mkdir(catalog.resolve("crops"));
  for (const [index, { id, sha256 }] of catalog.keptPictures().entries()) {
    const crops = [0, 1].map((position) => `crops/${sha256}-${position}.png`);
    for (const crop of crops) {
      const data = new Uint8Array(12 * 12 * 3).fill(8 * index);
      await Deno.writeFile(catalog.resolve(crop), await encodePng({ width: 12, height: 12, data }));
    }
    catalog.saveNormalization(id, normalization, {
      status: "done",
      faces: crops.map((crop) => ({
        box: [1, 2, 30, 40],
        landmarks: { leftEye: [10.5, 20.25] },
        yaw: -0.25,
        quality: { size: 30, sharpness: 0.5 },
        transform: [1, 0, 0, 1, -3.5, 2],
        crop,
      })),
    });
    const embedding = new Float32Array(15);
    embedding[index >> 1] = 1;
    const own = catalog.faces({ settings: normalization }).filter((face) => face.pictureId === id);
    for (const face of own) {
      const pWoman = face.position === 0 ? 0.9 : 0.1;
      catalog.saveJudgement(face.id, "human", { pWoman, age: 21.5, embedding });
      catalog.saveJudgement(face.id, "faceApi", { pWoman, age: 19 });
    }
  }
}

const selectAll = (catalog: Catalog) =>
  select(catalog, { normalization, duplicateSimilarity: null }).settings;

Deno.test("exportFaces and readFaceSet keep every kept face, its origin, its scores and its pixels", async () => {
  await inCatalog(async (catalog, folder) => {
    await fillJudged(catalog);
    const selection = selectAll(catalog);
    const target = join(folder, "a set of 얼굴");
    const reports = await Array.fromAsync(exportFaces(catalog, { folder: target, selection }));
    assert.equal(reports.at(-1)!.done, 30);
    const { rows, training, heldOut } = await readFaceSet(target);
    assert.equal(rows.length, 30);
    assert.equal(training.length + heldOut.length, 30);
    const first = rows[0]!;
    const [face] = catalog.selectedFaces(selection);
    const { url } = catalog.keptPictures()[0]!;
    assert.equal(first.picture_sha256, face!.pictureSha256);
    assert.equal(first.url, url);
    assert.equal(first.engine, "google");
    assert.equal(first.p_woman_human, 0.9);
    assert.equal(first.age_faceApi, 19);
    assert.equal(first.quality_sharpness, 0.5);
    assert.deepEqual(JSON.parse(first.transform!), [1, 0, 0, 1, -3.5, 2]);
    const crop = await decodeImage(catalog.resolve(face!.crop!));
    assert.deepEqual(await decodeImage(join(target, first.file)), crop);
    const card = await Deno.readTextFile(join(target, "README.md"));
    assert.match(card, /30 crops of 12 x 12/);
    assert.match(card, /predicted presentation/);
    assert.ok(!card.includes(folder), "a path of this machine is written");
  });
});

Deno.test("exportFaces writes the same rows as Parquet", async () => {
  await inCatalog(async (catalog, folder) => {
    await fillJudged(catalog);
    const target = join(folder, "set");
    await Array.fromAsync(exportFaces(catalog, { folder: target, selection: selectAll(catalog) }));
    const { buffer } = await Deno.readFile(join(target, "faces.parquet"));
    assert.deepEqual(
      await parquetReadObjects({ file: buffer }),
      [...(await readFaceSet(target)).rows],
    );
  });
});

Deno.test("exportFaces puts no identity on both sides, and a set goes to tensors as it is", async () => {
  await inCatalog(async (catalog, folder) => {
    await fillJudged(catalog);
    const target = join(folder, "set");
    const options = { folder: target, selection: selectAll(catalog), heldOut: 0.3, seed: 4 };
    await Array.fromAsync(exportFaces(catalog, options));
    const { rows, training, heldOut } = await readFaceSet(target);
    assert.equal(new Set(rows.map(({ identity }) => identity)).size, 15);
    const held = new Set(
      rows.filter(({ split }) => split === "held-out").map(({ identity }) => identity),
    );
    assert.ok(held.size === 4 && heldOut.length === 8, `${held.size} held out`);
    assert.ok(rows.every(({ identity, split }) => held.has(identity) === (split === "held-out")));
    const tensors = await faceTensors([...training, ...heldOut], {
      size: 12,
      heldOut: heldOut.length,
      seed: null,
    });
    assert.deepEqual(tensors.heldOut.shape, [8, 12, 12, 3]);
    tensors.dispose();
  });
});

Deno.test("exportFaces replaces an earlier set, and nothing else", async () => {
  await inCatalog(async (catalog, folder) => {
    await fillJudged(catalog);
    const selection = selectAll(catalog);
    const target = join(folder, "set");
    await Array.fromAsync(exportFaces(catalog, { folder: target, selection }));
    const before = await Deno.readTextFile(join(target, "faces.jsonl"));
    await Deno.writeTextFile(join(target, "images", "left over.png"), "");
    await Array.fromAsync(exportFaces(catalog, { folder: target, selection }));
    assert.equal(await Deno.readTextFile(join(target, "faces.jsonl")), before);
    assert.equal([...Deno.readDirSync(join(target, "images"))].length, 30);
    await assert.rejects(
      Array.fromAsync(exportFaces(catalog, { folder: catalog.resolve("crops"), selection })),
      /no set of faces/,
    );
    assert.ok([...Deno.readDirSync(catalog.resolve("crops"))].length > 0);
  });
});

Deno.test("exportFaces after forget leaves nothing of a forgotten picture in the set", async () => {
  await inCatalog(async (catalog, folder) => {
    await fillJudged(catalog);
    const selection = selectAll(catalog);
    const target = join(folder, "set");
    const listed = async () => {
      await Array.fromAsync(exportFaces(catalog, { folder: target, selection }));
      const text = await Deno.readTextFile(join(target, "faces.jsonl"));
      const images = [...Deno.readDirSync(join(target, "images"))].map(({ name }) => name);
      return `${text}${images.join("\n")}`;
    };
    const { url, sha256 } = catalog.keptPictures()[0]!;
    const [address, bytes] = [JSON.stringify(url), sha256!.slice(0, 16)];
    const before = await listed();
    assert.ok(before.includes(address) && before.includes(`${bytes}-0.png`));
    catalog.forget({ url });
    const after = await listed();
    assert.ok(!after.includes(address) && !after.includes(bytes));
    const { rows } = await readFaceSet(target);
    assert.equal(rows.length, 29);
    const table = await Deno.readFile(join(target, "faces.parquet"));
    const parquet = await parquetReadObjects({ file: table.buffer });
    assert.ok(parquet.length === 29 && parquet.every((row) => row.picture_sha256 !== sha256));
  });
});

Deno.test("exportFaces stopped at a signal leaves no folder; of nobody it is an error, and no set is left", async () => {
  await inCatalog(async (catalog, folder) => {
    await fillJudged(catalog);
    const target = join(folder, "set");
    const stopped = exportFaces(
      catalog,
      { folder: target, selection: selectAll(catalog) },
      AbortSignal.abort(),
    );
    assert.equal((await Array.fromAsync(stopped)).at(-1)!.done, 0);
    assert.ok(![...Deno.readDirSync(folder)].some(({ name }) => name.startsWith("set")));
    const everybody = selectAll(catalog);
    await Array.fromAsync(exportFaces(catalog, { folder: target, selection: everybody }));
    const { settings, kept } = select(catalog, { normalization, threshold: 1 });
    assert.equal(kept, 0);
    await assert.rejects(
      Array.fromAsync(exportFaces(catalog, { folder: target, selection: settings })),
      /keeps nobody/,
    );
    await assert.rejects(readFaceSet(target), /holds no set of faces/);
  });
});

Deno.test("identities stand in the order of selectedCrops and split them for faceTensors", async () => {
  await inCatalog(async (catalog) => {
    await fillJudged(catalog);
    const selection = selectAll(catalog);
    const groups = identities(catalog, selection);
    assert.deepEqual(groups, Array.from({ length: 30 }, (_, index) => index >> 1));
    const crops = (await selectedCrops(catalog, selection)).map(({ image }) => image);
    const tensors = await faceTensors(crops, { size: 12, heldOut: 5, groups });
    const held = new Set(tensors.heldOutPositions.map((position) => groups[position]));
    assert.equal(held.size, 2);
    assert.ok(tensors.trainingPositions.every((position) => !held.has(groups[position])));
    tensors.dispose();
  });
});
