import type * as tfjs from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { principalComponents, psnr } from "../../lib/metrics/mod.ts";
import { liveHandles, tf } from "../../lib/tensorflow/mod.ts";

/** Pictures of 2 x 2 whose only differences are a large one in one pixel and a small one in another. */
const knownPictures = () => {
  const amounts: [number, number][] = [[3, 1], [-3, 1], [3, -1], [-3, -1]];
  const values = amounts.flatMap(([large, small]) => {
    const picture = new Array<number>(12).fill(0.5);
    picture[0]! += large / 10;
    picture[7]! += small / 10;
    return picture;
  });
  return tf.tensor4d(values, [4, 2, 2, 3]);
};

Deno.test("principalComponents finds the known axes and their shares", async () => {
  const { mean, components, explained } = await principalComponents(knownPictures(), 2);
  assert.ok((await mean.data()).every((value) => Math.abs(value - 0.5) < 1e-6));
  const [first, second] = (await components.array()).map((row) => row.map(Math.abs));
  assert.ok(Math.abs(first![0]! - 1) < 1e-5);
  assert.ok(Math.abs(second![7]! - 1) < 1e-5);
  assert.ok(Math.abs(explained[0]! - 0.9) < 1e-5);
  assert.ok(Math.abs(explained[1]! - 0.1) < 1e-5);
});

Deno.test("principalComponents brings back pictures that lie in its plane", async () => {
  const pictures = knownPictures();
  const { encode, decode } = await principalComponents(pictures, 2);
  assert.ok(await psnr(pictures, decode(encode(pictures))) > 100);
});

Deno.test("principalComponents agrees with the eigenvalues of the pixels' covariance", async () => {
  const pictures = tf.randomUniform([30, 2, 2, 3], 0, 1, "float32", 3) as tfjs.Tensor4D;
  const { components, mean, explained, dispose } = await principalComponents(pictures, 4);
  const differences = pictures.sub(mean).reshape<tfjs.Tensor2D>([30, 12]);
  const covariance = differences.matMul<tfjs.Tensor2D>(differences, true, false);
  // A component is an eigenvector: the covariance only makes it longer.
  const images = components.matMul<tfjs.Tensor2D>(covariance);
  const lengths = images.norm("euclidean", 1, true);
  const [error] = await images.div(lengths).sub(components).abs().max().data();
  assert.ok(error! < 1e-3, `${error}`);
  const total = (await differences.square().sum().data())[0]!;
  const shares = [...await lengths.data()].map((length) => length / total);
  shares.forEach((share, index) => assert.ok(Math.abs(share - explained[index]!) < 1e-4));
  dispose();
});

Deno.test("principalComponents leaves nothing behind once disposed", async () => {
  const pictures = knownPictures();
  const before = liveHandles();
  const pca = await principalComponents(pictures, 2);
  tf.dispose(pca.decode(pca.encode(pictures).clone()));
  pca.dispose();
  assert.ok(liveHandles() <= before + 2);
});

Deno.test("principalComponents says how many components are possible", async () => {
  await assert.rejects(principalComponents(knownPictures(), 4), /from 1 to 3 components/);
});
