import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../../lib/tensorflow/mod.ts";
import { shape } from "./data.ts";

/** The nets of a workload; the Python peers have the same. */
export type Nets = readonly [tfjs.LayersModel, tfjs.LayersModel];

/** Encoder and decoder of the autoencoder (2 values) and the VAE (means and log variances). */
export function autoencoder(codeSize: number, encoded: number): Nets {
  const { conv2d, conv2dTranspose, dense, flatten, reshape } = tf.layers;
  const halving = { kernelSize: 4, strides: 2, padding: "same", activation: "relu" } as const;
  const encoder = tf.sequential({
    layers: [
      conv2d({ filters: 32, inputShape: [64, 64, 3], ...halving }),
      ...[64, 128, 256].map((filters) => conv2d({ filters, ...halving })),
      flatten(),
      dense({ units: 256, activation: "relu" }),
      dense({ units: encoded }),
    ],
  });
  const decoder = tf.sequential({
    layers: [
      dense({ units: 256, activation: "relu", inputShape: [codeSize] }),
      dense({ units: 4096, activation: "relu" }),
      reshape({ targetShape: [4, 4, 256] }),
      ...[128, 64, 32].map((filters) => conv2dTranspose({ filters, ...halving })),
      conv2dTranspose({ filters: 3, ...halving, activation: "sigmoid" }),
    ],
  });
  return [encoder, decoder];
}

/** Generator and discriminator after DCGAN (arXiv 1511.06434). */
export function gan(): Nets {
  const { conv2d, conv2dTranspose, dense, flatten, reshape, leakyReLU } = tf.layers;
  const halving = { kernelSize: 4, strides: 2, padding: "same" } as const;
  const normalization = () => tf.layers.batchNormalization({ momentum: 0.9, epsilon: 1e-3 });
  const generator = tf.sequential({
    layers: [
      dense({ units: 4096, useBias: false, inputShape: [shape.code] }),
      reshape({ targetShape: [4, 4, 256] }),
      normalization(),
      tf.layers.reLU(),
      ...[128, 64, 32].flatMap((filters) => [
        conv2dTranspose({ filters, useBias: false, ...halving }),
        normalization(),
        tf.layers.reLU(),
      ]),
      conv2dTranspose({ filters: 3, ...halving, activation: "sigmoid" }),
    ],
  });
  const discriminator = tf.sequential({
    layers: [
      conv2d({ filters: 32, inputShape: [64, 64, 3], ...halving }),
      leakyReLU({ alpha: 0.2 }),
      ...[64, 128, 256].flatMap((filters) => [
        conv2d({ filters, useBias: false, ...halving }),
        normalization(),
        leakyReLU({ alpha: 0.2 }),
      ]),
      flatten(),
      dense({ units: 1 }),
    ],
  });
  return [generator, discriminator];
}

/** Trainable variables of nets. */
export function variablesOf(...nets: readonly tfjs.LayersModel[]): tfjs.Variable[] {
  return nets.flatMap(({ trainableWeights }) =>
    // Layers keep the variable itself out of their public types.
    trainableWeights.map((weight) => (weight as unknown as { val: tfjs.Variable }).val)
  );
}

/** Sets kernels to the next numbers, scaled after He; vectors keep their neutral values. */
export function setWeights(variables: readonly tfjs.Variable[], numbers: Float32Array): void {
  let used = 0;
  for (const variable of variables.filter(({ rank }) => rank > 1)) {
    const fan = variable.size / variable.shape.at(-1)!;
    const values = numbers.subarray(used, used += variable.size);
    tf.tidy(() => variable.assign(tf.tensor(values, variable.shape).mul(Math.sqrt(2 / fan))));
  }
}
