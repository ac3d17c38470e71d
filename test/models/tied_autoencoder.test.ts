import type * as tfjs from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import {
  buildTiedAutoencoder,
  dispose,
  encode,
  faceStatistics,
  reconstruct,
  tiedObjective,
  tieWeights,
} from "../../lib/models/mod.ts";
import { tf } from "../../lib/tensorflow/mod.ts";
import { gradientTraining, train } from "../../lib/train/mod.ts";
import { tinyPictures } from "../train/tiny.ts";

async function scalar(tensor: tfjs.Tensor): Promise<number> {
  return (await tensor.data())[0]!;
}

Deno.test("a tied autoencoder learns, and its decoder is its encoder transposed", async () => {
  const pictures = { training: tinyPictures(40), heldOut: tinyPictures(12, 100) };
  const statistics = await faceStatistics(pictures.training);
  const autoencoder = buildTiedAutoencoder({ size: 16, hidden: 16, statistics, seed: 2 });
  const objective = tiedObjective(autoencoder, {
    deviation: statistics.deviation,
    mirrored: false,
  });
  assert.deepEqual([...objective.variables.keys()], [
    "encoder/narrow/kernel",
    "encoder/narrow/bias",
    "encoder/linear_code/kernel",
    "encoder/linear_code/bias",
    "decoder/widen/bias",
    "decoder/face_pictures/bias",
  ]);
  const before = await scalar(objective.evaluate(pictures.heldOut));
  const training = gradientTraining(objective);
  await Array.fromAsync(
    train(training, pictures, { epochs: 100, batchSize: 8, learningRate: 3e-3 }),
  );
  const after = await scalar(objective.evaluate(pictures.heldOut));
  assert.ok(after < before / 2, `${before} -> ${after}`);

  const copiesError = () =>
    scalar(
      tf.tidy(() =>
        reconstruct(autoencoder, pictures.heldOut).squaredDifference(pictures.heldOut).mean()
      ),
    );
  assert.ok(Math.abs(await copiesError() - after) > 1e-4, "the decoder is not up to date yet");
  tieWeights(autoencoder);
  assert.ok(Math.abs(await copiesError() - after) < 1e-4);
  assert.deepEqual(encode(autoencoder, pictures.heldOut).shape, [12, 2]);
  training.dispose();
  dispose(autoencoder);
});
