/**
 * Trains a small convolutional net, compiled and by fit(), and prints the engine, the losses and
 * how many tensors are left. Run by fallback.test.ts in processes of their own, because a process
 * has one engine.
 */
import type { Tensor2D, Tensor4D } from "@tensorflow/tfjs";
import { compile, engine, liveHandles, tf } from "../../lib/tensorflow/mod.ts";

const image = [16, 16, 3] as const;
const model = tf.sequential({
  layers: [
    tf.layers.conv2d({
      inputShape: [...image],
      filters: 6,
      kernelSize: 4,
      strides: 2,
      padding: "same",
      activation: "relu",
      kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
    }),
    tf.layers.flatten(),
    tf.layers.dense({ units: 2, kernelInitializer: tf.initializers.glorotUniform({ seed: 2 }) }),
    tf.layers.dense({
      units: 8 * 8 * 6,
      activation: "relu",
      kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }),
    }),
    tf.layers.reshape({ targetShape: [8, 8, 6] }),
    tf.layers.conv2dTranspose({
      filters: 3,
      kernelSize: 4,
      strides: 2,
      padding: "same",
      activation: "sigmoid",
      kernelInitializer: tf.initializers.glorotUniform({ seed: 4 }),
    }),
  ],
});
const optimizer = tf.train.adam(0.01);
const images = tf.tidy(() =>
  tf.randomUniform([8, 1, 1, 3], 0, 1, "float32", 5).mul(tf.ones([8, ...image]))
) as Tensor4D;
const step = compile((batch: Tensor4D) =>
  optimizer.minimize(
    () => tf.losses.meanSquaredError(batch, model.apply(batch) as Tensor4D),
    true,
  )!
);
const losses: number[] = [];
let handles = 0;
for (let round = 0; round < 12; round++) {
  const loss = await step.async(images);
  losses.push((await loss.data())[0]!);
  loss.dispose();
  if (round === 1) handles = liveHandles();
}
const leak = liveHandles() - handles;
model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
const { history } = await model.fit(images, images, { epochs: 1, verbose: 0 });
const depthwise = tf.tidy(() => {
  const filter = tf.ones([3, 3, 3, 2]) as Tensor4D;
  const [dx, dfilter] = tf.grads((x, f) =>
    tf.depthwiseConv2d(x as Tensor4D, f as Tensor4D, 1, "same").sum()
  )([images, filter]);
  return [dx!.sum(), dfilter!.sum()] as unknown as Tensor2D[];
});
const gradients = [];
for (const tensor of depthwise) gradients.push((await tensor.data())[0]);
console.log("result", JSON.stringify({ engine, losses, leak, fit: history.loss, gradients }));
