import type { Scalar, Tensor4D } from "@tensorflow/tfjs";
import { compile, liveHandles, tf } from "../../lib/tensorflow/mod.ts";

/** What a process holds at a moment. */
export interface Holdings {
  /** Resident bytes. */
  readonly resident: number;
  /** Bytes of JavaScript's heap, garbage included; resident as well, for the most part. */
  readonly heap: number;
  /** Number of tensors in TensorFlow. */
  readonly handles: number;
}

/** Training of a convolutional autoencoder on random pictures, step by step. */
export interface TrainingRun extends Disposable {
  /** One asynchronous step of Adam on 32 pictures, and a look at the loss. */
  step(): Promise<void>;
  holds(): Holdings;
}

/**
 * @param size height and width of the pictures, a multiple of 16
 * @param filters of the first convolution; the three others have 2, 4 and 8 times as many
 */
export function trainingRun(size: number, filters: number): TrainingRun {
  const pictures = tf.randomUniform([320, size, size, 3], 0, 1, "float32", 1) as Tensor4D;
  const model = autoencoder(size, [1, 2, 4, 8].map((factor) => factor * filters));
  const optimizer = tf.train.adam(1e-3);
  const step = compile((batch: Tensor4D) =>
    optimizer.minimize(() => {
      const copies = model.apply(batch, { training: true }) as Tensor4D;
      return tf.losses.meanSquaredError(batch, copies) as Scalar;
    }, true)!
  );
  let place = 0;
  return {
    async step() {
      const batch = tf.tidy(() => {
        const places = Array.from({ length: 32 }, () => place++ % 320);
        return tf.gather(pictures, tf.tensor1d(places, "int32"));
      });
      const loss = await step.async(batch);
      await loss.data();
      tf.dispose([batch, loss]);
    },
    holds() {
      const { rss, heapTotal } = Deno.memoryUsage();
      return { resident: rss, heap: heapTotal, handles: liveHandles() };
    },
    [Symbol.dispose]() {
      step.dispose();
      optimizer.dispose();
      model.dispose();
      pictures.dispose();
    },
  };
}

/** Four convolutions that halve the picture, two numbers, and the way back. */
function autoencoder(size: number, filters: readonly number[]) {
  const { layers } = tf;
  const form = { kernelSize: 4, strides: 2, padding: "same" } as const;
  const deepest = [size / 16, size / 16, filters.at(-1)!];
  const wide = deepest.reduce((product, length) => product * length);
  return tf.sequential({
    layers: [
      layers.inputLayer({ inputShape: [size, size, 3] }),
      ...filters.map((count) => layers.conv2d({ ...form, filters: count, activation: "relu" })),
      layers.flatten(),
      layers.dense({ units: 2 }),
      layers.dense({ units: wide, activation: "relu" }),
      layers.reshape({ targetShape: deepest }),
      ...[...filters.slice(0, -1)].reverse().map((count) =>
        layers.conv2dTranspose({ ...form, filters: count, activation: "relu" })
      ),
      layers.conv2dTranspose({ ...form, filters: 3, activation: "sigmoid" }),
    ],
  });
}
