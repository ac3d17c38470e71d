import assert from "node:assert/strict";
import { openCatalog } from "../../lib/catalog/mod.ts";
import {
  judge,
  loadFaceDetector,
  normalizationSettings,
  normalize,
  readCrop,
  select,
  selectedCrops,
} from "../../lib/faces/mod.ts";
import { liveHandles } from "../../lib/tensorflow/mod.ts";
import { inFolder } from "../in_folder.ts";
import { fillCatalog, groupPhotos, photoPieces } from "./fill_catalog.ts";
import { runScript } from "./run_script.ts";

const normalization = normalizationSettings({ size: 64 });

Deno.test("normalize finds the 20 faces and more of the group photos; seen again, their eyes are level", async () => {
  await inFolder(async (folder) => {
    using catalog = openCatalog(`${folder}/catalog.sqlite`);
    await fillCatalog(catalog, await Promise.all(groupPhotos.map((path) => Deno.readFile(path))));
    await Array.fromAsync(normalize(catalog, { size: 200 }));
    const faces = catalog.faces({ settings: normalizationSettings({ size: 200 }), usable: true });
    assert.ok(faces.length >= 20, `${faces.length} faces`);
    const detector = await loadFaceDetector();
    const crops = await Promise.all(faces.map((face) => readCrop(catalog, face)));
    const [offsets, rolls]: number[][] = [[], []];
    for (const [found] of await detector.detect(crops)) {
      if (!found) continue;
      const { leftEye, rightEye } = found.landmarks;
      offsets!.push(Math.max(
        Math.hypot(leftEye[0] - 70, leftEye[1] - 70),
        Math.hypot(rightEye[0] - 130, rightEye[1] - 70),
      ));
      rolls!.push(Math.abs(found.roll) * 180 / Math.PI);
    }
    assert.ok(offsets!.length >= 0.9 * faces.length, `found again in ${offsets!.length} crops`);
    for (const [values, median, most] of [[offsets!, 2, 6], [rolls!, 0.5, 5]] as const) {
      values.sort((a, b) => a - b);
      assert.ok(values[values.length >> 1]! < median && values.at(-1)! < most, `${values}`);
    }
  });
});

Deno.test("normalize and judge killed by SIGKILL resume to the catalogue of an undisturbed run", async () => {
  await inFolder(async (folder) => {
    const files = await photoPieces(26);
    const snapshots = [];
    for (
      const [name, kills] of [["calm", []], ["killed", [
        ["Normalizing 0", 600],
        ["Normalizing 8", 0],
        ["Normalizing 16", 170],
        ["Judging", 90],
      ]]] as const
    ) {
      const path = `${folder}/${name}/catalog.sqlite`;
      {
        using catalog = openCatalog(path);
        await fillCatalog(catalog, files);
      }
      for (const kill of kills) {
        assert.equal(await runScript("run_stages.ts", path, kill), "SIGKILL");
      }
      assert.equal(await runScript("run_stages.ts", path), null);
      using catalog = openCatalog(path);
      assert.ok(catalog.faces({ settings: normalization }).length > 10);
      snapshots.push(catalog.snapshot());
    }
    assert.equal(snapshots[1], snapshots[0]);
  });
});

Deno.test("normalize and judge stop at the signal, keep what they have and redo nothing", async () => {
  await inFolder(async (folder) => {
    using catalog = openCatalog(`${folder}/catalog.sqlite`);
    await fillCatalog(catalog, await photoPieces(20));
    for (
      const stage of [
        (signal?: AbortSignal) => normalize(catalog, { size: 64 }, signal),
        (signal?: AbortSignal) => judge(catalog, { normalization }, signal),
      ]
    ) {
      const controller = new AbortController();
      const reports = [];
      for await (const report of stage(controller.signal)) {
        reports.push(report);
        if (report.done > 0) controller.abort();
      }
      const { done, total } = reports.at(-1)!;
      assert.ok(done > 0 && done < total!, `${done} of ${total}`);
      const [first, ...rest] = await Array.fromAsync(stage());
      assert.equal(first!.done, done);
      assert.equal(first!.resumed, done);
      assert.equal(rest.at(-1)!.done, total);
      assert.equal((await Array.fromAsync(stage())).length, 1);
    }
  });
});

Deno.test("normalize records files that are no pictures, missing or without faces, with the reason", async () => {
  await inFolder(async (folder) => {
    using catalog = openCatalog(`${folder}/catalog.sqlite`);
    const [photo] = await photoPieces(1);
    const grey = await import("sharp").then(({ default: sharp }) =>
      sharp({ create: { width: 90, height: 70, channels: 3, background: "#888" } }).png().toBuffer()
    );
    const truncated = photo!.slice(0, photo!.length / 2);
    const noPicture = new TextEncoder().encode("<html>not here</html>");
    const lost = new Uint8Array([1, 2, 3]);
    await fillCatalog(catalog, [new Uint8Array(grey), truncated, noPicture, lost, photo!]);
    await Deno.remove(catalog.resolve(catalog.pictures().find(({ bytes }) => bytes === 3)!.file!));
    await Array.fromAsync(normalize(catalog, { size: 64 }));
    const byBytes = new Map(catalog.pictures().map(({ id, bytes }) => [id, bytes]));
    const results = new Map(
      catalog.normalizations(normalization).map((row) => [byBytes.get(row.pictureId), row]),
    );
    assert.equal(results.get(grey.length)!.reason, "no-face");
    assert.equal(results.get(truncated.length)!.reason, "unreadable");
    assert.equal(results.get(noPicture.length)!.reason, "unreadable");
    assert.match(results.get(3)!.detail!, /No file pictures/);
    assert.equal(results.get(photo!.length)!.status, "done");
    assert.ok(!catalog.snapshot().includes(folder), "a path of this machine is stored");
  });
});

Deno.test("select moves the threshold without a model, and selectedCrops gives the kept crops", async () => {
  await inFolder(async (folder) => {
    using catalog = openCatalog(`${folder}/catalog.sqlite`);
    await fillCatalog(catalog, await photoPieces(16));
    await Array.fromAsync(normalize(catalog, { size: 64 }));
    await Array.fromAsync(judge(catalog, { normalization }));
    const kept = [0, 0.5, 0.72, 0.999].map((threshold) =>
      select(catalog, { normalization, threshold })
    );
    const usable = catalog.faces({ settings: normalization, usable: true }).length;
    for (const [index, { kept: count, rejected }] of kept.entries()) {
      assert.equal(count + Object.values(rejected).reduce((sum, more) => sum + more, 0), usable);
      if (index > 0) assert.ok(count <= kept[index - 1]!.kept);
    }
    const crops = await selectedCrops(catalog, kept[2]!.settings);
    assert.equal(crops.length, kept[2]!.kept);
    assert.ok(crops.length > 0 && crops.length < usable, `${crops.length} of ${usable} kept`);
    assert.ok(crops.every(({ image }) => image.width === 64 && image.height === 64));
  });
});

Deno.test("detection and judgement hold no more tensors after a picture than before", async () => {
  await inFolder(async (folder) => {
    using catalog = openCatalog(`${folder}/catalog.sqlite`);
    await fillCatalog(catalog, await photoPieces(2));
    const detector = await loadFaceDetector();
    const crops = await Promise.all(
      catalog.keptPictures().map(async ({ file }) => {
        const { decodeImage } = await import("../../lib/image/mod.ts");
        return decodeImage(catalog.resolve(file!));
      }),
    );
    await detector.detect(crops);
    const before = liveHandles();
    await detector.detect(crops);
    assert.equal(liveHandles(), before);
  });
});
