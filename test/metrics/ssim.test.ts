import type * as tfjs from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { ssim } from "../../lib/metrics/mod.ts";
import { tf } from "../../lib/tensorflow/mod.ts";

const pictures = tf.randomUniform([2, 24, 24, 3], 0, 1, "float32", 3) as tfjs.Tensor4D;

Deno.test("ssim is 1 for equal pictures and falls with noise", async () => {
  assert.ok(Math.abs(await ssim(pictures, pictures.clone()) - 1) < 1e-5);
  const noise = tf.randomNormal(pictures.shape, 0, 0.1, "float32", 5);
  const noisy = await ssim(pictures, pictures.add(noise));
  const noisier = await ssim(pictures, pictures.add(noise.mul(3)));
  assert.ok(noisy < 0.99 && noisier < noisy - 0.1, `${noisy}, ${noisier}`);
});

Deno.test("ssim of two even pictures is the formula's first factor", async () => {
  const [dark, light] = [tf.fill([1, 16, 16, 3], 0.2), tf.fill([1, 16, 16, 3], 0.6)];
  const expected = (2 * 0.2 * 0.6 + 1e-4) / (0.2 ** 2 + 0.6 ** 2 + 1e-4);
  const value = await ssim(dark as tfjs.Tensor4D, light as tfjs.Tensor4D);
  assert.ok(Math.abs(value - expected) < 1e-3, `${value}`);
});

Deno.test("ssim of a picture and its negative is below 0", async () => {
  assert.ok(await ssim(pictures, tf.sub(1, pictures) as tfjs.Tensor4D) < 0);
});
