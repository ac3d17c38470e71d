import assert from "node:assert/strict";
import {
  alignEyes,
  type FaceEmbedder,
  findInCrops,
  loadFaceApiEmbedder,
  loadFaceDetector,
  loadHumanEmbedder,
} from "../../lib/faces/mod.ts";
import { packageFile } from "../../lib/faces/network.ts";
import { decodeImage, type RgbImage } from "../../lib/image/mod.ts";
import { requireOnEngine, tf } from "../../lib/tensorflow/mod.ts";
import { groupPhotos } from "./fill_catalog.ts";

/** Levelled crops of the people in a photograph. */
async function crops(size: number): Promise<RgbImage[]> {
  const image = await decodeImage(groupPhotos[0]!);
  const [faces] = await (await loadFaceDetector()).detect([image]);
  return faces!.map(({ landmarks: { leftEye, rightEye } }) =>
    alignEyes(image, [leftEye, rightEye], { size })
  );
}

Deno.test("loadFaceApiEmbedder gives the numbers that face-api itself gives", async () => {
  const [crop] = await crops(150);
  const [ours] = await (await loadFaceApiEmbedder()).describe([crop!]);
  const { FaceRecognitionNet } = requireOnEngine("@vladmandic/face-api");
  const net = new FaceRecognitionNet();
  await net.loadFromDisk(packageFile("@vladmandic/face-api", "model"));
  const tensor = tf.tensor3d(Float32Array.from(crop!.data), [150, 150, 3]);
  const theirs: Float32Array = await net.computeFaceDescriptor(tensor);
  tensor.dispose();
  theirs.forEach((value, index) => assert.ok(Math.abs(value - ours!.embedding[index]!) < 1e-4));
});

const distance = (left: Float32Array, right: Float32Array) =>
  Math.hypot(...left.map((value, index) => value - right[index]!));

for (const load of [loadHumanEmbedder, loadFaceApiEmbedder]) {
  Deno.test(`${load.name}: a face is nearer to its own small copy than to any other face`, async () => {
    const embedder: FaceEmbedder = await load();
    const [large, small] = [await crops(128), await crops(64)];
    const [of, copies] = [await embedder.describe(large), await embedder.describe(small)];
    of.forEach(({ embedding }, index) => {
      const distances = copies.map((copy) => distance(embedding, copy.embedding));
      assert.equal(distances.indexOf(Math.min(...distances)), index, `${distances}`);
    });
  });
}

Deno.test("findInCrops finds a face that fills a small crop, and none in a flat one", async () => {
  const faces = await crops(64);
  const flat = { width: 64, height: 64, data: new Uint8Array(64 * 64 * 3).fill(120) };
  const found = await findInCrops(await loadFaceDetector(), [...faces, flat]);
  assert.deepEqual(found, [...faces.map(() => true), false]);
});
