import type * as tfjs from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { codeSpread, linearProbe, principalComponents, psnr } from "../../lib/metrics/mod.ts";
import { codesOf, reconstruct } from "../../lib/models/mod.ts";
import { tf } from "../../lib/tensorflow/mod.ts";
import { train } from "../../lib/train/mod.ts";
import { tinyTraining } from "./tiny.ts";

/** The larger of the two factors that the tiny pictures are made of: the left half's brightness. */
async function leftBrightness(pictures: tfjs.Tensor4D): Promise<number[]> {
  const green = await pictures.slice([0, 0, 0, 1], [-1, 1, 1, 1]).data();
  return [...green];
}

Deno.test("a trained autoencoder uses the square, orders its values and beats one component", async () => {
  for (const seed of [3, 4]) {
    const { training, autoencoder, pictures, dispose } = await tinyTraining(seed);
    const options = { epochs: 60, batchSize: 8, learningRate: 3e-3, seed };
    await Array.fromAsync(train(training, pictures, options));

    const codes = {
      training: await codesOf(autoencoder, pictures.training),
      heldOut: await codesOf(autoencoder, pictures.heldOut),
    };
    for (const deviation of codeSpread(codes.training).deviation) {
      assert.ok(deviation > 0.3 && deviation < 0.9, `collapsed: ${deviation}`);
    }

    const factor = {
      training: await leftBrightness(pictures.training),
      heldOut: await leftBrightness(pictures.heldOut),
    };
    const [first, second] = [0, 1].map((value) => {
      const only = (rows: number[][]) => rows.map((row) => [row[value]!]);
      return linearProbe(
        { codes: only(codes.training), factor: factor.training },
        { codes: only(codes.heldOut), factor: factor.heldOut },
      ).r2;
    });
    assert.ok(first! > 0.6 && second! < 0.3, `seed ${seed}: ${first} and ${second}`);

    const one = await principalComponents(pictures.training, 1);
    const copies = tf.tidy(() => one.decode(one.encode(pictures.heldOut)));
    const reached = await psnr(pictures.heldOut, reconstruct(autoencoder, pictures.heldOut));
    assert.ok(reached > await psnr(pictures.heldOut, copies) + 3);
    dispose();
  }
});
