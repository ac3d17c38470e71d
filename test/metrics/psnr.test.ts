import assert from "node:assert/strict";
import { psnr, psnrOfError } from "../../lib/metrics/mod.ts";
import { tf } from "../../lib/tensorflow/mod.ts";

Deno.test("psnrOfError knows 0.01 as 20 dB and half of an error as 3.01 dB more", () => {
  assert.ok(Math.abs(psnrOfError(0.01) - 20) < 1e-12);
  assert.ok(Math.abs(psnrOfError(0.005) - psnrOfError(0.01) - 3.0103) < 1e-4);
});

Deno.test("psnr pools the error of all pictures", async () => {
  const originals = tf.zeros([2, 4, 4, 3]);
  const copies = tf.concat([tf.fill([1, 4, 4, 3], 0.1), tf.fill([1, 4, 4, 3], 0.3)]);
  // Mean squared error (0.01 + 0.09) / 2.
  assert.ok(Math.abs(await psnr(originals, copies) - -10 * Math.log10(0.05)) < 1e-4);
  assert.equal(await psnr(copies, copies), Infinity);
});

Deno.test("psnr compares every picture with one, where only one is given", async () => {
  const originals = tf.fill([3, 2, 2, 3], 0.5);
  assert.ok(Math.abs(await psnr(originals, tf.fill([2, 2, 3], 0.6)) - 20) < 1e-4);
});
