import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../tensorflow/mod.ts";
import { namedWeights } from "./named_weights.ts";

/**
 * Two nets that meet in a bottleneck: pictures [count, size, size, 3] in [0, 1] become codes
 * [count, codeSize] in [-1, 1], and codes become pictures.
 */
export interface Autoencoder {
  /** Pictures to codes in [-1, 1]. Its layer `linear_code` holds the code before tanh. */
  readonly encoder: tfjs.LayersModel;
  /** Codes in [-1, 1] to pictures. */
  readonly decoder: tfjs.LayersModel;
}

/** An autoencoder that can be trained: its decoder may be any function with variables in layers. */
export interface TrainableAutoencoder {
  readonly encoder: tfjs.LayersModel;
  readonly decoder:
    & Pick<tfjs.LayersModel, "inputs" | "layers">
    & { apply(codes: tfjs.Tensor): unknown };
}

/** Codes of pictures, before and after tanh, and the pictures made from them: one pass through both. */
export interface Passage {
  readonly linearCodes: tfjs.Tensor2D;
  readonly codes: tfjs.Tensor2D;
  readonly reconstructions: tfjs.Tensor4D;
}

/**
 * Sends pictures through encoder and decoder, in a way that gradients can follow.
 *
 * @param options `codeNoise` is added to the linear codes before tanh
 */
export function pass(
  { encoder, decoder }: TrainableAutoencoder,
  pictures: tfjs.Tensor4D,
  { codeNoise }: { readonly codeNoise?: tfjs.Tensor2D | undefined } = {},
): Passage {
  const linearCodes = toLinearCode(encoder).apply(pictures) as tfjs.Tensor2D;
  const codes = (codeNoise ? linearCodes.add(codeNoise) : linearCodes).tanh() as tfjs.Tensor2D;
  return { linearCodes, codes, reconstructions: decoder.apply(codes) as tfjs.Tensor4D };
}

/** Codes [count, codeSize] of pictures, in parts of 100 so that memory stays small. */
export function encode({ encoder }: Autoencoder, pictures: tfjs.Tensor4D): tfjs.Tensor2D {
  return encoder.predict(pictures, { batchSize: 100 }) as tfjs.Tensor2D;
}

/** Pictures of codes; values outside [0, 1] are clipped. */
export function decode({ decoder }: Autoencoder, codes: tfjs.Tensor2D): tfjs.Tensor4D {
  return tf.tidy(() => {
    const pictures = decoder.predict(codes, { batchSize: 100 }) as tfjs.Tensor4D;
    return tf.clipByValue(pictures, 0, 1);
  });
}

/** Pictures squeezed through the bottleneck and back. */
export function reconstruct(autoencoder: Autoencoder, pictures: tfjs.Tensor4D): tfjs.Tensor4D {
  return tf.tidy(() => decode(autoencoder, encode(autoencoder, pictures)));
}

/** All weights that training changes, by names that do not depend on what else was built. */
export function trainableVariables(
  { encoder, decoder }: TrainableAutoencoder,
): ReadonlyMap<string, tfjs.Variable> {
  return namedWeights({ encoder, decoder });
}

/** Frees both nets. */
export function dispose({ encoder, decoder }: Autoencoder): void {
  linearEncoders.delete(encoder);
  encoder.dispose();
  decoder.dispose();
}

/** A net that shares the encoder's layers and ends before tanh. */
function toLinearCode(encoder: tfjs.LayersModel): tfjs.LayersModel {
  const known = linearEncoders.get(encoder);
  if (known) return known;
  const linear = tf.model({
    inputs: encoder.inputs,
    outputs: encoder.getLayer("linear_code").output as tfjs.SymbolicTensor,
  });
  linearEncoders.set(encoder, linear);
  return linear;
}

const linearEncoders = new WeakMap<tfjs.LayersModel, tfjs.LayersModel>();
