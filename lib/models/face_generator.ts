import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../tensorflow/mod.ts";
import { type LayerChain, layerChain, type Signal } from "./layer_chain.ts";

/** The form of a generator. */
export interface FaceGeneratorOptions {
  /** Width and height of the pictures: 16, 32, 64, 128 ... */
  readonly size: number;
  /** Numbers in a code. Default: 64. */
  readonly codeSize?: number;
  /** Filters at half of the full size; each halving doubles them, up to 8 times. Default: 32. */
  readonly filters?: number;
  /** Whether coarse features weigh the channels of fine ones. Default: true. */
  readonly excitation?: boolean;
  /** Seed of the first weights. Default: 1. */
  readonly seed?: number;
}

/**
 * Codes to pictures, without any normalisation: the decoder of the variational autoencoder and the
 * generator of the modern GAN are this net, so that one can start from the other.
 *
 * With size 64: 64, 4x4x256, 8x8x128, 16x16x64, 32x32x32, 64x64x16, 64x64x3. With `excitation`, the
 * features of 4x4 weigh the channels of 32x32, and those of 8x8 the channels of 64x64: skip-layer
 * excitation (Liu et al., arXiv 2101.04775), which gives the coarse layers a short way to the picture.
 *
 * @throws RangeError where `size` is not a power of two from 16 on
 */
export function buildFaceGenerator(options: FaceGeneratorOptions): tfjs.LayersModel {
  const { size, codeSize = 64, filters = 32, excitation = true, seed = 1 } = options;
  const layers = layerChain(seed);
  const widths = [...filterWidths(size, filters).toReversed(), filters / 2];
  const code = tf.input({ shape: [codeSize], name: "code_in" });
  let features = layers.dense("spread", code, 16 * widths[0]!);
  features = tf.layers.reshape({ name: "coarsest", targetShape: [4, 4, widths[0]!] })
    .apply(features) as Signal;
  features = layers.leaky("leaky_4", features);
  const stages = [features];
  widths.slice(1).forEach((width, index) => {
    const side = 8 * 2 ** index;
    features = layers.doublingConvolution(`double_to_${side}`, features, { filters: width });
    features = layers.leaky(`leaky_${side}`, features);
    const coarse = stages[index - 2];
    if (excitation && coarse) features = excite(layers, `${side}`, coarse, features);
    stages.push(features);
  });
  features = layers.convolution("color", features, { filters: 3, gain: 0.5 });
  const picture = tf.layers.activation({ name: "picture", activation: "sigmoid" }).apply(features);
  return tf.model({ name: "generator", inputs: code, outputs: picture as Signal });
}

/** Multiplies each channel of fine features by a number in (0, 1) that coarse ones decide. */
function excite(layers: LayerChain, name: string, coarse: Signal, fine: Signal): Signal {
  const channels = fine.shape.at(-1)!;
  const poolSize = coarse.shape[1]! / 4;
  let weights = poolSize > 1
    ? tf.layers.averagePooling2d({ name: `pool_for_${name}`, poolSize, strides: poolSize })
      .apply(coarse) as Signal
    : coarse;
  weights = tf.layers.flatten({ name: `flat_for_${name}` }).apply(weights) as Signal;
  weights = layers.leaky(`narrow_for_${name}`, layers.dense(`squeeze_${name}`, weights, channels));
  weights = layers.dense(`excite_${name}`, weights, channels, { gain: 0.5 });
  weights = tf.layers.activation({ name: `weights_${name}`, activation: "sigmoid" })
    .apply(weights) as Signal;
  weights = tf.layers.reshape({ name: `channels_${name}`, targetShape: [1, 1, channels] })
    .apply(weights) as Signal;
  return tf.layers.multiply({ name: `excited_${name}` }).apply([fine, weights]) as Signal;
}

/**
 * Filters of each size from half of the full one down to 4 x 4.
 *
 * @throws RangeError where `size` is not a power of two from 16 on
 */
export function filterWidths(size: number, filters: number): number[] {
  const halvings = Math.log2(size / 4);
  if (!Number.isInteger(halvings) || halvings < 2) {
    throw new RangeError(`Expected size to be 16, 32, 64, 128 ... but found ${size}`);
  }
  return Array.from({ length: halvings }, (_, index) => filters * 2 ** Math.min(index, 3));
}
