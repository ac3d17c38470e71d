import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../tensorflow/mod.ts";
import { DoublingConvolution } from "./doubling_convolution.ts";

/** Makes layers whose first weights follow from one seed, and applies them. */
export interface LayerChain {
  /** A convolution of 3 x 3 with a border of zeros; `strides` 2 halves width and height. */
  convolution(name: string, input: Signal, options: ConvolutionOptions): Signal;
  dense(name: string, input: Signal, units: number, options?: { readonly gain?: number }): Signal;
  /**
   * Twice as wide and high, every value repeated, then a convolution of 3 x 3. Unlike transposed
   * convolutions it leaves no checkerboard (distill.pub/2016/deconv-checkerboard).
   */
  doublingConvolution(name: string, input: Signal, options: DoublingOptions): Signal;
  /** max(x, 0.2 x). */
  leaky(name: string, input: Signal): Signal;
  /** Half as wide and high for each number of filters: convolutions of 4 x 4, each made leaky. */
  halvings(input: Signal, widths: readonly number[]): Signal;
}

/** What flows between layers. */
export type Signal = tfjs.SymbolicTensor;

/** The form of a convolution that doubles. */
export type DoublingOptions = Pick<ConvolutionOptions, "filters" | "gain" | "useBias">;

/** The form of a convolution. */
export interface ConvolutionOptions {
  readonly filters: number;
  /** Default: 3. */
  readonly kernelSize?: number;
  /** Default: 1. */
  readonly strides?: number;
  /** Factor of the first weights beside He's initialisation; 0 starts at nothing. Default: 1. */
  readonly gain?: number;
  /** Default: true. */
  readonly useBias?: boolean;
}

/**
 * Layers with He's initialisation (arXiv 1502.01852), each with a seed of its own.
 *
 * @param seed of the first weights
 */
export function layerChain(seed: number): LayerChain {
  let layerSeed = seed * 1000;
  const initializer = (gain: number) =>
    gain === 0 ? tf.initializers.zeros() : tf.initializers.varianceScaling({
      scale: 2 * gain ** 2,
      mode: "fanIn",
      distribution: "normal",
      seed: layerSeed++,
    });
  const chain: LayerChain = {
    convolution: (
      name,
      input,
      { filters, kernelSize = 3, strides = 1, gain = 1, useBias = true },
    ) =>
      tf.layers.conv2d({
        name,
        filters,
        kernelSize,
        strides,
        useBias,
        padding: "same",
        kernelInitializer: initializer(gain),
      }).apply(input) as Signal,
    dense: (name, input, units, { gain = 1 } = {}) =>
      tf.layers.dense({ name, units, kernelInitializer: initializer(gain) }).apply(input) as Signal,
    doublingConvolution: (name, input, { filters, gain = 1, useBias = true }) =>
      new DoublingConvolution({ name, filters, useBias, kernelInitializer: initializer(gain) })
        .apply(input) as Signal,
    leaky: (name, input) => tf.layers.leakyReLU({ name, alpha: 0.2 }).apply(input) as Signal,
    halvings: (input, widths) =>
      widths.reduce((features, filters, index) => {
        const name = `halve_to_${features.shape[1]! / 2}`;
        const halved = chain.convolution(name, features, { filters, kernelSize: 4, strides: 2 });
        return chain.leaky(`leaky_${index + 1}`, halved);
      }, input),
  };
  return chain;
}
