import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../tensorflow/mod.ts";
import type { Objective } from "../train/mod.ts";
import type { Autoencoder } from "./autoencoder.ts";
import { autoencoderObjective, type AutoencoderObjectiveOptions } from "./autoencoder_objective.ts";
import {
  type FaceStatistics,
  neutralStatistics,
  normalizePictures,
  restorePictures,
} from "./fixed_normalization.ts";

/** The form of a tied autoencoder. */
export interface TiedAutoencoderOptions {
  /** Width and height of the pictures. */
  readonly size: number;
  /** Numbers in a code. Default: 2. */
  readonly codeSize?: number;
  /** Width of the layer beside the code. Default: 128. */
  readonly hidden?: number;
  /** The mean face and the spread around it. Default: none is subtracted. */
  readonly statistics?: FaceStatistics;
  /** Seed of the first weights. Default: 1. */
  readonly seed?: number;
}

/**
 * The oldest form of an autoencoder: dense layers only, here picture, 128, 2, 128, picture, all with
 * tanh but the last. It is meant to be trained by {@linkcode tiedObjective}, so that the decoder
 * uses the encoder's weights, transposed; only its biases are its own.
 */
export function buildTiedAutoencoder(options: TiedAutoencoderOptions): Autoencoder {
  const { size, codeSize = 2, hidden = 128, seed = 1 } = options;
  const { meanFace, deviation } = options.statistics ?? neutralStatistics(size);
  // With the same weights on both ends, what goes into tanh is as large as what must come out: a
  // whole face is scaled to a length of about 3, where tanh bends and is not yet flat.
  const statistics = { meanFace, deviation: deviation * Math.sqrt(meanFace.length) / 3 };
  const dense = (name: string, units: number, offset: number, activation?: "tanh") =>
    tf.layers.dense({
      name,
      units,
      kernelInitializer: tf.initializers.glorotNormal({ seed: seed * 1000 + offset }),
      ...(activation ? { activation } : {}),
    });
  const chain = (input: tfjs.SymbolicTensor, ...layers: tfjs.layers.Layer[]) =>
    layers.reduce((signal, layer) => layer.apply(signal) as tfjs.SymbolicTensor, input);

  const picture = tf.input({ shape: [size, size, 3], name: "picture_in" });
  const code = chain(
    normalizePictures(picture, size, statistics),
    tf.layers.flatten({ name: "features" }),
    dense("narrow", hidden, 0, "tanh"),
    dense("linear_code", codeSize, 1),
    tf.layers.activation({ name: "code", activation: "tanh" }),
  );
  const codeIn = tf.input({ shape: [codeSize], name: "code_in" });
  const difference = chain(
    codeIn,
    dense("widen", hidden, 2, "tanh"),
    dense("face_pictures", size * size * 3, 3),
  );
  return {
    encoder: tf.model({ name: "encoder", inputs: picture, outputs: code }),
    decoder: tf.model({
      name: "decoder",
      inputs: codeIn,
      outputs: restorePictures(difference, size, statistics),
    }),
  };
}

/** Which kernel of the decoder is the transpose of which one of the encoder. */
const ties = [
  { decoder: "widen", encoder: "linear_code" },
  { decoder: "face_pictures", encoder: "narrow" },
] as const;

/**
 * What {@linkcode autoencoderObjective} minimises, with the decoder's kernels replaced by the
 * encoder's: half the weights, and each of them learns from both ends. The decoder itself is brought
 * up to date by {@linkcode tieWeights}.
 */
export function tiedObjective(
  { encoder, decoder }: Autoencoder,
  options: AutoencoderObjectiveOptions = {},
): Objective {
  const apply = (codes: tfjs.Tensor) => {
    let signal = codes;
    for (const tie of ties) {
      const bias = decoder.getLayer(tie.decoder).weights[1]!.read();
      const transposed = kernel(encoder, tie.encoder).read();
      signal = tf.matMul(signal, transposed, false, true).add(bias);
      if (tie.decoder === "widen") signal = signal.tanh();
    }
    const restored = decoder.getLayer("add_mean_face").apply(signal);
    return decoder.getLayer("picture").apply(restored) as tfjs.Tensor;
  };
  const { inputs, layers } = decoder;
  const objective = autoencoderObjective({ encoder, decoder: { apply, inputs, layers } }, options);
  const own = [...objective.variables].filter(([name]) =>
    !ties.some((tie) => name === `decoder/${tie.decoder}/kernel`)
  );
  return { ...objective, variables: new Map(own) };
}

/** Writes the encoder's kernels, transposed, into the decoder, which can then be used and saved. */
export function tieWeights({ encoder, decoder }: Autoencoder): void {
  for (const tie of ties) {
    tf.tidy(() => {
      const variable = kernel(decoder, tie.decoder).read() as tfjs.Variable;
      variable.assign(kernel(encoder, tie.encoder).read().transpose());
    });
  }
}

const kernel = (model: tfjs.LayersModel, layer: string) => model.getLayer(layer).weights[0]!;
