import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../tensorflow/mod.ts";
import type { Autoencoder } from "./autoencoder.ts";
import {
  type FaceStatistics,
  neutralStatistics,
  normalizePictures,
  restorePictures,
} from "./fixed_normalization.ts";

/** The form of an autoencoder. */
export interface AutoencoderOptions {
  /** Width and height of the pictures, a multiple of 16. */
  readonly size: number;
  /** Numbers in a code. Default: 2. */
  readonly codeSize?: number;
  /** The mean face and the spread around it; see `faceStatistics`. Default: none is subtracted. */
  readonly statistics?: FaceStatistics;
  /** Filters of the encoder's four convolutions. Default: 16, 32, 64, 128. */
  readonly filters?: readonly [number, number, number, number];
  /** Width of the dense layers beside the code. Default: 128. */
  readonly hidden?: number;
  /**
   * How pictures are made of codes. "dense": two layers, then a weighted sum of `hidden` face-sized
   * pictures, which are weights; best for codes of few values. "convolutional": the encoder's way
   * back, doubling four times; for codes that carry detail. Default: "dense".
   */
  readonly decoder?: "dense" | "convolutional";
  /** Seed of the first weights. Default: 1. */
  readonly seed?: number;
}

/**
 * An autoencoder for faces. Its encoder halves the picture four times by convolutions; with size 64:
 * 64x64x3, 32x32x16, 16x16x32, 8x8x64, 4x4x128, 128, code.
 *
 * @throws RangeError where `size` is no multiple of 16
 */
export function buildAutoencoder(options: AutoencoderOptions): Autoencoder {
  const {
    size,
    codeSize = 2,
    statistics = neutralStatistics(size),
    filters = [16, 32, 64, 128],
    hidden = 128,
    decoder = "dense",
    seed = 1,
  } = options;
  if (!Number.isInteger(size) || size < 16 || size % 16 !== 0) {
    throw new RangeError(`Expected size to be a multiple of 16 but found ${size}`);
  }
  let layerSeed = seed * 1000;
  const form: Form = {
    size,
    codeSize,
    statistics,
    filters,
    hidden,
    seed: () => layerSeed++,
  };
  return {
    encoder: buildEncoder(form),
    decoder: decoder === "dense" ? buildDenseDecoder(form) : buildConvolutionalDecoder(form),
  };
}

type Form = Required<Omit<AutoencoderOptions, "decoder" | "seed">> & {
  /** A new seed at every call. */
  readonly seed: () => number;
};

function buildEncoder({ size, codeSize, statistics, filters, hidden, seed }: Form) {
  const picture = tf.input({ shape: [size, size, 3], name: "picture_in" });
  let features = normalizePictures(picture, size, statistics);
  filters.forEach((count, position) => {
    features = apply(
      tf.layers.conv2d({
        name: `halve_${position + 1}`,
        filters: count,
        kernelSize: 3,
        strides: 2,
        padding: "same",
        activation: "relu",
        kernelInitializer: tf.initializers.heNormal({ seed: seed() }),
      }),
      features,
    );
  });
  features = apply(tf.layers.flatten({ name: "features" }), features);
  features = apply(denseRelu("narrow", hidden, seed), features);
  features = apply(denseLinear("linear_code", codeSize, seed), features);
  const code = apply(tf.layers.activation({ name: "code", activation: "tanh" }), features);
  return tf.model({ name: "encoder", inputs: picture, outputs: code });
}

/** With size 64: code, 128, 128, 64x64x3. */
function buildDenseDecoder({ size, codeSize, statistics, hidden, seed }: Form) {
  const code = tf.input({ shape: [codeSize], name: "code_in" });
  let features = apply(denseRelu("bend_1", hidden, seed), code);
  features = apply(denseRelu("bend_2", hidden, seed), features);
  features = apply(denseLinear("face_pictures", size * size * 3, seed), features);
  return tf.model({
    name: "decoder",
    inputs: code,
    outputs: restorePictures(features, size, statistics),
  });
}

/** With size 64: code, 128, 4x4x128, 8x8x64, 16x16x32, 32x32x16, 64x64x3. */
function buildConvolutionalDecoder(form: Form) {
  const { size, codeSize, statistics, filters, hidden, seed } = form;
  const smallest = size / 16;
  const code = tf.input({ shape: [codeSize], name: "code_in" });
  let features = apply(denseRelu("widen", hidden, seed), code);
  features = apply(denseRelu("spread", smallest ** 2 * filters[3], seed), features);
  const targetShape = [smallest, smallest, filters[3]];
  features = apply(tf.layers.reshape({ name: "coarsest", targetShape }), features);
  [filters[2], filters[1], filters[0], 3].forEach((count, position) => {
    // Doubled by repetition and smoothed by the convolution after it: transposed convolutions, which
    // do both at once, leave a checkerboard.
    features = apply(
      tf.layers.upSampling2d({ name: `double_${position + 1}`, size: [2, 2] }),
      features,
    );
    const last = position === 3;
    features = apply(
      tf.layers.conv2d({
        name: last ? "difference" : `refine_${position + 1}`,
        filters: count,
        kernelSize: 3,
        padding: "same",
        activation: last ? "linear" : "relu",
        kernelInitializer: last
          ? tf.initializers.glorotNormal({ seed: seed() })
          : tf.initializers.heNormal({ seed: seed() }),
      }),
      features,
    );
  });
  features = apply(tf.layers.flatten({ name: "difference_pixels" }), features);
  return tf.model({
    name: "decoder",
    inputs: code,
    outputs: restorePictures(features, size, statistics),
  });
}

function denseRelu(name: string, units: number, seed: () => number): tfjs.layers.Layer {
  const kernelInitializer = tf.initializers.heNormal({ seed: seed() });
  return tf.layers.dense({ name, units, activation: "relu", kernelInitializer });
}

function denseLinear(name: string, units: number, seed: () => number): tfjs.layers.Layer {
  const kernelInitializer = tf.initializers.glorotNormal({ seed: seed() });
  return tf.layers.dense({ name, units, kernelInitializer });
}

function apply(layer: tfjs.layers.Layer, input: tfjs.SymbolicTensor): tfjs.SymbolicTensor {
  return layer.apply(input) as tfjs.SymbolicTensor;
}
