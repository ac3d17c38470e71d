import assert from "node:assert/strict";
import type { Scalar } from "@tensorflow/tfjs-core";
import { tf } from "../../lib/tensorflow/mod.ts";
import { withoutLeak } from "./without_leak.ts";

Deno.test("fit() trains a small convolutional net until it tells bright from dark", async () => {
  await withoutLeak(async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ inputShape: [8, 8, 1], filters: 4, kernelSize: 3, activation: "relu" }),
        tf.layers.batchNormalization({ momentum: 0.5 }),
        tf.layers.maxPooling2d({ poolSize: 2 }),
        tf.layers.flatten(),
        tf.layers.dropout({ rate: 0.1 }),
        tf.layers.dense({ units: 1, activation: "sigmoid" }),
      ],
    });
    const optimizer = tf.train.adam(0.02);
    model.compile({ optimizer, loss: "binaryCrossentropy", metrics: ["accuracy"] });
    const labels = tf.tensor2d(Array.from({ length: 64 }, (_, index) => [index % 2]));
    const images = tf.tidy(() =>
      tf.randomUniform([64, 8, 8, 1], 0, 0.5, "float32", 1).add(
        labels.reshape([64, 1, 1, 1]).mul(0.4),
      )
    );
    const { history } = await model.fit(images, labels, { epochs: 20, batchSize: 16, verbose: 0 });
    assert.ok((history.loss!.at(-1) as number) < 0.5 * (history.loss![0] as number));
    const scores = model.evaluate(images, labels) as Scalar[];
    assert.ok(scores[1]!.dataSync()[0]! > 0.9);
    tf.dispose([labels, images, scores]);
    model.dispose();
    optimizer.dispose();
  });
});
