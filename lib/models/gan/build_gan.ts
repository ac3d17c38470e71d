import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../../tensorflow/mod.ts";
import { type FaceGeneratorOptions, filterWidths } from "../face_generator.ts";
import { layerChain, type Signal } from "../layer_chain.ts";
import type { Gan } from "./gan.ts";

/** The form of a GAN. */
export type GanOptions = Omit<FaceGeneratorOptions, "excitation">;

/**
 * A generator and a discriminator after DCGAN (Radford, Metz and Chintala, arXiv 1511.06434): nothing
 * but convolutions, batch normalisation in the generator, leaky rectifiers in the discriminator. Two
 * things are done otherwise: the generator doubles by repetition and a convolution, which leaves no
 * checkerboard (distill.pub/2016/deconv-checkerboard), and the discriminator has no batch
 * normalisation, so that its score of a picture does not depend on the others in the batch.
 *
 * With size 64: 64, 4x4x256, 8x8x128, 16x16x64, 32x32x32, 64x64x3, and the way back.
 *
 * @throws RangeError where `size` is not a power of two from 16 on
 */
export function buildGan(options: GanOptions): Gan {
  const { size, codeSize = 64, filters = 32, seed = 1 } = options;
  const form = { size, codeSize, widths: filterWidths(size, filters) };
  return {
    generator: buildGenerator(form, seed),
    averaged: buildGenerator(form, seed),
    discriminator: buildDiscriminator(form, seed + 1),
  };
}

interface Form {
  readonly size: number;
  readonly codeSize: number;
  readonly widths: readonly number[];
}

function buildGenerator({ codeSize, widths }: Form, seed: number): tfjs.LayersModel {
  const layers = layerChain(seed);
  const normalized = (name: string, input: Signal) => {
    const normalization = tf.layers.batchNormalization({
      name: `normalize_${name}`,
      momentum: 0.9,
    });
    return tf.layers.reLU({ name: `relu_${name}` }).apply(normalization.apply(input)) as Signal;
  };
  const coarsest = widths.at(-1)!;
  const code = tf.input({ shape: [codeSize], name: "code_in" });
  let features = layers.dense("spread", code, 16 * coarsest);
  features = tf.layers.reshape({ name: "coarsest", targetShape: [4, 4, coarsest] })
    .apply(features) as Signal;
  features = normalized("4", features);
  widths.slice(0, -1).toReversed().forEach((filters, index) => {
    const size = 8 * 2 ** index;
    features = layers.doublingConvolution(`double_to_${size}`, features, {
      filters,
      useBias: false,
    });
    features = normalized(`${size}`, features);
  });
  features = layers.doublingConvolution("double_to_full", features, { filters: 3, gain: 0.5 });
  const picture = tf.layers.activation({ name: "picture", activation: "sigmoid" }).apply(features);
  return tf.model({ name: "generator", inputs: code, outputs: picture as Signal });
}

function buildDiscriminator({ size, widths }: Form, seed: number): tfjs.LayersModel {
  const layers = layerChain(seed);
  const picture = tf.input({ shape: [size, size, 3], name: "picture_in" });
  const centred = tf.layers.rescaling({ name: "centre", scale: 2, offset: -1 }).apply(picture);
  const features = tf.layers.flatten({ name: "features" })
    .apply(layers.halvings(centred as Signal, widths)) as Signal;
  const score = layers.dense("score", features, 1, { gain: 0.5 });
  return tf.model({ name: "discriminator", inputs: picture, outputs: score });
}
