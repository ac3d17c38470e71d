import assert from "node:assert/strict";
import { join } from "node:path";
import { encodePng, type RgbImage } from "../../lib/image/mod.ts";
import { faceTensors } from "../../lib/train/mod.ts";

/** A picture of one grey value. */
const plain = (value: number, size = 16): RgbImage => ({
  width: size,
  height: size,
  data: new Uint8Array(size * size * 3).fill(value),
});

Deno.test("faceTensors splits the crops without loss or repetition", async () => {
  const crops = Array.from({ length: 30 }, (_, index) => plain(index));
  const faces = await faceTensors(crops, { size: 16, seed: 5 });
  assert.deepEqual(faces.training.shape, [27, 16, 16, 3]);
  assert.deepEqual(faces.heldOut.shape, [3, 16, 16, 3]);
  const positions = [...faces.trainingPositions, ...faces.heldOutPositions];
  assert.deepEqual(positions.toSorted((a, b) => a - b), crops.map((_, index) => index));
  const values = await faces.heldOut.slice([0, 0, 0, 0], [3, 1, 1, 1]).data();
  assert.deepEqual([...values].map((value) => Math.round(255 * value)), faces.heldOutPositions);
  faces.dispose();
});

Deno.test("faceTensors without a seed holds out the last", async () => {
  const crops = [plain(10), plain(20), plain(30), plain(40)];
  const { heldOutPositions, dispose } = await faceTensors(crops, {
    size: 16,
    heldOut: 1,
    seed: null,
  });
  assert.deepEqual(heldOutPositions, [3]);
  dispose();
});

Deno.test("faceTensors' fingerprint follows the pixels and the split", async () => {
  const print = async (crops: RgbImage[], seed: number) => {
    const { fingerprint, dispose } = await faceTensors(crops, { size: 16, heldOut: 2, seed });
    dispose();
    return fingerprint;
  };
  const crops = Array.from({ length: 20 }, (_, index) => plain(index));
  const same = await print(crops, 1);
  assert.equal(await print(crops, 1), same);
  assert.notEqual(await print(crops, 2), same);
  assert.notEqual(await print([...crops.slice(0, 19), plain(99)], 1), same);
});

Deno.test("faceTensors reads files and resizes them", async () => {
  const folder = await Deno.makeTempDir();
  const paths: string[] = [];
  for (const value of [60, 120, 180]) {
    const path = join(folder, `${value}.png`);
    await Deno.writeFile(path, await encodePng(plain(value, 40)));
    paths.push(path);
  }
  const faces = await faceTensors(paths, { size: 16, heldOut: 1, seed: null });
  assert.deepEqual(faces.training.shape, [2, 16, 16, 3]);
  const values = await faces.heldOut.data();
  assert.ok(values.every((value) => Math.abs(value - 180 / 255) < 1e-6));
  faces.dispose();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("faceTensors says how many faces there are where they are too few", async () => {
  await assert.rejects(faceTensors([plain(1), plain(2)], { size: 16 }), /found 2 faces/);
});

Deno.test("faceTensors keeps a group on one side, and says where none is small enough", async () => {
  const crops = Array.from({ length: 20 }, (_, index) => plain(index));
  const groups = crops.map((_, index) => index >> 1);
  const faces = await faceTensors(crops, { size: 16, heldOut: 5, groups });
  assert.equal(faces.heldOutPositions.length, 4);
  const held = new Set(faces.heldOutPositions.map((position) => groups[position]));
  assert.ok(faces.trainingPositions.every((position) => !held.has(groups[position]!)));
  faces.dispose();
  await assert.rejects(faceTensors(crops, { size: 16, heldOut: 1, groups }), /group of at most 1/);
});
