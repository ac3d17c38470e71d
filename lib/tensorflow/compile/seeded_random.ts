import type { Tensor, Tensor1D } from "@tensorflow/tfjs-core";
import { tensorFlowBackend } from "../engine.ts";
import { tf } from "../tfjs.ts";
import { javaScriptRandom, type RandomSource, tensorFlowRandom } from "./random.ts";

/** Random numbers that follow from two seeds and from how many draws came before. */
export interface SeededRandom {
  /** Evenly between `minimum` (default 0) and `maximum` (default 1). */
  uniform(shape: readonly number[], minimum?: number, maximum?: number): Tensor;
  /** Normally distributed with mean 0 and variance 1. */
  normal(shape: readonly number[]): Tensor;
}

/**
 * Random numbers for a step that must be repeatable whenever it is run. Those of `tf.randomNormal`
 * inside `compile()` follow from how often the function was called before; these follow from an
 * argument of the function alone, so that training that was interrupted goes on with the numbers it
 * would have had.
 *
 * @param seeds two whole numbers, int32; a tensor, so that new seeds need no new trace
 */
export function seededRandom(seeds: Tensor1D): SeededRandom {
  const source = sourceOf(seeds);
  let draws = 0;
  return {
    uniform: (shape, minimum = 0, maximum = 1) =>
      source.uniform([...shape], draws++).mul(maximum - minimum).add(minimum),
    normal: (shape) => source.normal([...shape], draws++),
  };
}

/** Seeds for `seededRandom`, of two whole numbers. */
export function randomSeeds(first: number, second = 0): Tensor1D {
  return tf.tensor1d([first, second], "int32");
}

function sourceOf(seeds: Tensor1D): RandomSource {
  if (tensorFlowBackend) return tensorFlowRandom(tensorFlowBackend, seeds);
  const [first, second] = seeds.dataSync();
  return javaScriptRandom(first!, second!);
}
