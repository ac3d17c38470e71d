import type * as tfjs from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { buildAutoencoder, decode, dispose, encode, searchCodes } from "../../lib/models/mod.ts";
import { liveHandles, randomSeeds, seededRandom, tf } from "../../lib/tensorflow/mod.ts";

const build = () => buildAutoencoder({ size: 16, filters: [4, 4, 8, 8], hidden: 16 });

async function errors(pictures: tfjs.Tensor4D, copies: tfjs.Tensor4D): Promise<number[]> {
  return await pictures.squaredDifference(copies).mean<tfjs.Tensor1D>([1, 2, 3]).array();
}

Deno.test("searchCodes finds the codes of decoded pictures, of which the encoder knows nothing", async () => {
  const autoencoder = build();
  const codes = seededRandom(randomSeeds(1)).normal([12, 2]).mul(0.8).tanh() as tfjs.Tensor2D;
  const pictures = autoencoder.decoder.predict(codes) as tfjs.Tensor4D;
  const copiesOf = (found: tfjs.Tensor2D) => autoencoder.decoder.predict(found) as tfjs.Tensor4D;
  const before = await errors(pictures, copiesOf(encode(autoencoder, pictures)));
  const after = await errors(pictures, copiesOf(searchCodes(autoencoder, pictures)));
  after.forEach((error, picture) => assert.ok(error < before[picture]! / 20));
  dispose(autoencoder);
});

Deno.test("searchCodes treats each picture as if it were alone", async () => {
  const autoencoder = build();
  const pictures = tf.randomUniform([5, 16, 16, 3], 0, 1, "float32", 7) as tfjs.Tensor4D;
  const together = await searchCodes(autoencoder, pictures).slice([3, 0], [1, -1]).array();
  const alone = await searchCodes(autoencoder, pictures.slice([3], [1])).array();
  together.flat().forEach((value, at) => assert.ok(Math.abs(value - alone.flat()[at]!) < 1e-3));
  dispose(autoencoder);
});

Deno.test("searchCodes leaves nets and memory as they were", async () => {
  const autoencoder = build();
  const pictures = tf.randomUniform([2, 16, 16, 3], 0, 1, "float32", 7) as tfjs.Tensor4D;
  const copies = decode(autoencoder, encode(autoencoder, pictures));
  const before = { handles: liveHandles(), tensors: tf.memory().numTensors };
  searchCodes(autoencoder, pictures, { steps: 3 }).dispose();
  assert.deepEqual({ handles: liveHandles(), tensors: tf.memory().numTensors }, before);
  const again = decode(autoencoder, encode(autoencoder, pictures));
  assert.equal((await copies.sub(again).abs().max().data())[0], 0);
  dispose(autoencoder);
});
