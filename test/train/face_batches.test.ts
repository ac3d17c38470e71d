import assert from "node:assert/strict";
import type { RgbImage } from "../../lib/image/mod.ts";
import { liveHandles } from "../../lib/tensorflow/mod.ts";
import { faceBatches, type FaceBatchOptions } from "../../lib/train/mod.ts";

/** Grey values that grow from left to right, so that a mirrored picture can be told. */
const ramp = (base: number, size = 8): RgbImage => ({
  width: size,
  height: size,
  data: Uint8Array.from({ length: size * size * 3 }, (_, at) => base + Math.floor(at / 3) % size),
});
const crops = Array.from({ length: 23 }, (_, index) => ramp(10 * index));

async function readAll(options: Partial<FaceBatchOptions> = {}) {
  const batches = [];
  for await (const batch of faceBatches(crops, { size: 8, batchSize: 5, ...options })) {
    const { images, positions, epoch } = batch;
    const values = [...await images.data()].map((value) => Math.round(255 * value));
    const flipped = positions.map((position, index) => {
      const left = values[index * 8 * 8 * 3]!;
      assert.ok(left === 10 * position || left === 10 * position + 7, `${left} at ${position}`);
      return left !== 10 * position;
    });
    batches.push({ epoch, positions, flipped, shape: images.shape });
    images.dispose();
  }
  return batches;
}

Deno.test("faceBatches gives every face once an epoch, each epoch in an order of its own", async () => {
  const batches = await readAll({ epochs: 2 });
  assert.deepEqual(batches.map(({ shape }) => shape[0]), [5, 5, 5, 5, 3, 5, 5, 5, 5, 3]);
  const orders = [0, 1].map((own) =>
    batches.filter(({ epoch }) => epoch === own).flatMap(({ positions }) => positions)
  );
  for (const order of orders) {
    assert.deepEqual(order.toSorted((a, b) => a - b), crops.map((_, index) => index));
  }
  assert.notDeepEqual(orders[0], orders[1]);
});

Deno.test("faceBatches is decided by its seed, however far it reads ahead", async () => {
  const options = { epochs: 2, flip: true, seed: 7 };
  const batches = await readAll(options);
  assert.deepEqual(await readAll({ ...options, ahead: 0 }), batches);
  assert.notDeepEqual(await readAll({ ...options, seed: 8 }), batches);
  const flips = batches.flatMap(({ flipped }) => flipped);
  assert.ok(flips.includes(true) && flips.includes(false));
});

Deno.test("faceBatches without seed and flip keeps the order and the pictures", async () => {
  const batches = await readAll({ seed: null });
  assert.deepEqual(
    batches.flatMap(({ positions }) => positions),
    crops.map((_, index) => index),
  );
  assert.ok(batches.every(({ flipped }) => !flipped.includes(true)));
});

Deno.test("faceBatches begins as many batches ahead as asked, and no more", async () => {
  const begun = new Set<number>();
  const watched = new Proxy(crops, {
    get(target, key, receiver) {
      if (/^\d+$/.test(String(key))) begun.add(Number(key));
      return Reflect.get(target, key, receiver);
    },
  });
  const batches = faceBatches(watched, { size: 8, batchSize: 5, seed: null, ahead: 1 });
  const { value: first } = await batches.next();
  assert.deepEqual(first!.positions, [0, 1, 2, 3, 4]);
  assert.equal(Math.max(...begun), 9);
  await batches.return(undefined);
  first!.images.dispose();
});

Deno.test("faceBatches throws at a missing file in its turn, and leaves no tensor when it is left", async () => {
  const before = liveHandles();
  const seen: number[] = [];
  await assert.rejects(async () => {
    const paths = [...crops.slice(0, 5), "/no/such/crop.png"];
    for await (const { images } of faceBatches(paths, { size: 8, batchSize: 5, seed: null })) {
      seen.push(images.shape[0]);
      images.dispose();
    }
  }, /crop\.png/);
  assert.deepEqual(seen, [5]);
  for await (const { images } of faceBatches(crops, { size: 8 })) {
    images.dispose();
    break;
  }
  assert.equal(liveHandles(), before);
});
