import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../tensorflow/mod.ts";
import type { Autoencoder, AutoencoderOptions } from "./autoencoder.ts";
import { neutralStatistics, normalizePictures, restorePictures } from "./fixed_normalization.ts";

/** How wide the convolutional autoencoder is. */
export interface ConvolutionalOptions extends AutoencoderOptions {
  /** Filters of the four convolutions, from the picture to the code. Default: 16, 32, 64, 128. */
  readonly filters?: readonly [number, number, number, number];
  /** Width of the dense layers on both sides of the code. Default: 128. */
  readonly hidden?: number;
}

/**
 * An autoencoder of four convolutions that halve the picture, a dense layer, the code, and the same
 * way back by doubling (nearest neighbour, then a convolution: no checkerboard). With size 64:
 * 64x64x3, 32x32x16, 16x16x32, 8x8x64, 4x4x128, 128, code, 128, 4x4x128, ..., 64x64x3.
 *
 * @throws RangeError where `size` is no multiple of 16
 */
export function buildConvolutionalAutoencoder(
  {
    size,
    codeSize = 2,
    statistics = neutralStatistics(size),
    seed = 1,
    filters = [16, 32, 64, 128],
    hidden = 128,
  }: ConvolutionalOptions,
): Autoencoder {
  if (!Number.isInteger(size) || size < 16 || size % 16 !== 0) {
    throw new RangeError(`Expected size to be a multiple of 16 but found ${size}`);
  }
  let layerSeed = seed * 1000;
  const kernelInitializer = () => tf.initializers.heNormal({ seed: layerSeed++ });
  const smallest = size / 16;

  const picture = tf.input({ shape: [size, size, 3], name: "picture_in" });
  let features = normalizePictures(picture, size, statistics);
  filters.forEach((count, position) => {
    features = tf.layers.conv2d({
      name: `halve_${position + 1}`,
      filters: count,
      kernelSize: 3,
      strides: 2,
      padding: "same",
      activation: "relu",
      kernelInitializer: kernelInitializer(),
    }).apply(features) as tfjs.SymbolicTensor;
  });
  features = tf.layers.flatten({ name: "features" }).apply(features) as tfjs.SymbolicTensor;
  features = tf.layers.dense({
    name: "narrow",
    units: hidden,
    activation: "relu",
    kernelInitializer: kernelInitializer(),
  }).apply(features) as tfjs.SymbolicTensor;
  const linearCode = tf.layers.dense({
    name: "linear_code",
    units: codeSize,
    kernelInitializer: tf.initializers.glorotNormal({ seed: layerSeed++ }),
  }).apply(features);
  const code = tf.layers.activation({ name: "code", activation: "tanh" }).apply(linearCode);

  const codeIn = tf.input({ shape: [codeSize], name: "code_in" });
  features = tf.layers.dense({
    name: "widen",
    units: hidden,
    activation: "relu",
    kernelInitializer: kernelInitializer(),
  }).apply(codeIn) as tfjs.SymbolicTensor;
  features = tf.layers.dense({
    name: "spread",
    units: smallest * smallest * filters[3],
    activation: "relu",
    kernelInitializer: kernelInitializer(),
  }).apply(features) as tfjs.SymbolicTensor;
  features = tf.layers.reshape({
    name: "coarsest",
    targetShape: [smallest, smallest, filters[3]],
  }).apply(features) as tfjs.SymbolicTensor;
  [filters[2], filters[1], filters[0], 3].forEach((count, position) => {
    const last = position === 3;
    features = tf.layers.upSampling2d({ name: `double_${position + 1}`, size: [2, 2] })
      .apply(features) as tfjs.SymbolicTensor;
    features = tf.layers.conv2d({
      name: last ? "difference" : `refine_${position + 1}`,
      filters: count,
      kernelSize: 3,
      padding: "same",
      activation: last ? "linear" : "relu",
      kernelInitializer: last
        ? tf.initializers.glorotNormal({ seed: layerSeed++ })
        : kernelInitializer(),
    }).apply(features) as tfjs.SymbolicTensor;
  });
  const restored = restorePictures(features, size, statistics);
  return {
    encoder: tf.model({
      name: "encoder",
      inputs: picture,
      outputs: code as tfjs.SymbolicTensor,
    }),
    decoder: tf.model({ name: "decoder", inputs: codeIn, outputs: restored }),
  };
}
