import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../../tensorflow/mod.ts";
import { buildFaceGenerator, type FaceGeneratorOptions, filterWidths } from "../face_generator.ts";
import type { Gan } from "../gan/gan.ts";
import { type LayerChain, layerChain, type Signal } from "../layer_chain.ts";
import { MinibatchDeviation } from "./minibatch_deviation.ts";

/** The form of a modern GAN. */
export interface ModernGanOptions extends FaceGeneratorOptions {
  /** Whether the discriminator sees how much the pictures of a batch differ. Default: true. */
  readonly minibatchDeviation?: boolean;
}

/**
 * A generator with skip-layer excitation and a residual discriminator, without any normalisation,
 * after R3GAN (Huang et al., "The GAN is dead; long live the GAN!", arXiv 2501.05441) and FastGAN
 * (Liu et al., arXiv 2101.04775), as small as two processor cores ask for.
 */
export function buildModernGan(options: ModernGanOptions): Gan {
  const { size, filters = 32, seed = 1, minibatchDeviation = true } = options;
  return {
    generator: buildFaceGenerator(options),
    averaged: buildFaceGenerator(options),
    discriminator: buildDiscriminator({ size, filters, minibatchDeviation, seed: seed + 1 }),
  };
}

function buildDiscriminator(
  { size, filters, minibatchDeviation, seed }: {
    readonly size: number;
    readonly filters: number;
    readonly minibatchDeviation: boolean;
    readonly seed: number;
  },
): tfjs.LayersModel {
  const layers = layerChain(seed);
  const [first, ...widths] = filterWidths(size, filters);
  const picture = tf.input({ shape: [size, size, 3], name: "picture_in" });
  const centred = tf.layers.rescaling({ name: "centre", scale: 2, offset: -1 }).apply(picture);
  let features = layers.convolution("first", centred as Signal, {
    filters: first!,
    kernelSize: 4,
    strides: 2,
  });
  for (const width of widths) features = halvingBlock(layers, features, width);
  features = layers.leaky("leaky_coarsest", features);
  if (minibatchDeviation) {
    features = new MinibatchDeviation({ name: "minibatch_deviation" }).apply(features) as Signal;
  }
  features = layers.convolution("last", features, { filters: widths.at(-1)! / 2 });
  features = layers.leaky("leaky_last", features);
  features = tf.layers.flatten({ name: "features" }).apply(features) as Signal;
  const score = layers.dense("score", features, 1, { gain: 0.5 });
  return tf.model({ name: "discriminator", inputs: picture, outputs: score });
}

/** Half as wide and high: a convolution, and a linear way around it. */
function halvingBlock(layers: LayerChain, input: Signal, filters: number): Signal {
  const name = `${input.shape[1]! / 2}`;
  const way = tf.layers.averagePooling2d({ name: `pool_to_${name}`, poolSize: 2, strides: 2 })
    .apply(input) as Signal;
  const around = layers.convolution(`around_${name}`, way, {
    filters,
    kernelSize: 1,
    useBias: false,
    gain: 0.7,
  });
  const through = layers.convolution(
    `halve_to_${name}`,
    layers.leaky(`leaky_${name}`, input),
    { filters, kernelSize: 4, strides: 2, gain: 0.7 },
  );
  return tf.layers.add({ name: `join_${name}` }).apply([around, through]) as Signal;
}
