import { tf } from "../../tensorflow/mod.ts";
import { buildFaceGenerator, filterWidths } from "../face_generator.ts";
import {
  type FaceStatistics,
  neutralStatistics,
  normalizePictures,
} from "../fixed_normalization.ts";
import { layerChain, type Signal } from "../layer_chain.ts";
import type { Vae } from "./vae.ts";

/** The form of a variational autoencoder. */
export interface VaeOptions {
  /** Width and height of the pictures: 16, 32, 64, 128 ... */
  readonly size: number;
  /** Numbers in a code. Default: 64. */
  readonly codeSize?: number;
  /** The mean face and the spread around it; see `faceStatistics`. Default: none is subtracted. */
  readonly statistics?: FaceStatistics;
  /** Filters of the first convolution; each halving doubles them, up to 8 times. Default: 32. */
  readonly filters?: number;
  /** Width of the dense layer before the code. Default: 128. */
  readonly hidden?: number;
  /** Seed of the first weights. Default: 1. */
  readonly seed?: number;
}

/**
 * A variational autoencoder (Kingma and Welling, arXiv 1312.6114): its encoder gives two numbers for
 * each value of the code, a mean and the logarithm of a variance.
 *
 * With size 64: 64x64x3, 32x32x32, 16x16x64, 8x8x128, 4x4x256, 128, twice 64; and the way back.
 */
export function buildVae(options: VaeOptions): Vae {
  const { size, codeSize = 64, filters = 32, hidden = 128, seed = 1 } = options;
  const { statistics = neutralStatistics(size) } = options;
  const layers = layerChain(seed);
  const picture = tf.input({ shape: [size, size, 3], name: "picture_in" });
  let features = normalizePictures(picture, size, statistics);
  features = layers.halvings(features, filterWidths(size, filters));
  features = tf.layers.flatten({ name: "features" }).apply(features) as Signal;
  features = layers.leaky("leaky_narrow", layers.dense("narrow", features, hidden));
  const mean = layers.dense("mean", features, codeSize, { gain: 0.7 });
  const logVariance = layers.dense("log_variance", features, codeSize, { gain: 0.1 });
  return {
    encoder: tf.model({ name: "encoder", inputs: picture, outputs: [mean, logVariance] }),
    decoder: buildFaceGenerator({ size, codeSize, filters, seed: seed + 1 }),
  };
}
