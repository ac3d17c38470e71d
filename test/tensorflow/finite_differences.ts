import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import { tf } from "../../lib/tensorflow/mod.ts";

/** An operation to differentiate: what it does and where. */
export interface Case {
  readonly op: (...inputs: Tensor[]) => Tensor;
  /** Shapes of its inputs, each with the range its values are drawn from. */
  readonly inputs: readonly { shape: number[]; minimum?: number; maximum?: number }[];
}

/** How far the gradients of an operation are from finite differences, relative to their size. */
export interface Deviation {
  readonly first: number;
  /** Of the gradient's own gradient, or the message of the error where there is none. */
  readonly second: number | string;
}

/** Places, weights and directions for an operation, drawn by a seed. */
function draw({ op, inputs }: Case, seed: number) {
  let draws = seed * 1000;
  const uniform = (shape: number[], minimum = -1, maximum = 1) =>
    tf.randomUniform(shape, minimum, maximum, "float32", ++draws);
  const at = inputs.map(({ shape, minimum, maximum }) => uniform(shape, minimum, maximum));
  const weights = uniform(op(...at).shape);
  const objective = (...x: Tensor[]): Scalar => {
    const y = op(...x);
    return tf.sum(tf.mul(weights, tf.add(tf.square(y), y)));
  };
  const slopes = tf.grads(objective);
  const aside = at.map(({ shape }) => uniform(shape));
  const slopeAlong = (...x: Tensor[]) => dot(slopes(x), aside);
  return { at, objective, slopes, slopeAlong, along: at.map(({ shape }) => uniform(shape)) };
}

/**
 * First and second gradients of the same objective, by a function that may be compiled, and the
 * place to take them at. To be called inside of `tf.tidy`.
 */
export function gradientsOf(
  operation: Case,
  seed: number,
): { at: Tensor[]; gradients: (...x: Tensor[]) => Tensor[] } {
  const { at, slopes, slopeAlong } = draw(operation, seed);
  return { at, gradients: (...x) => [...slopes(x), ...tf.grads(slopeAlong)(x)] };
}

/**
 * Compares gradients of `sum(w (op(x)^2 + op(x)))`, with random w, to central differences along
 * random directions; first order in every input, second order in every pair of inputs at once.
 * 32-bit numbers carry such a comparison to about 1 %.
 */
export function deviationOf(operation: Case, seed: number): Deviation {
  return tf.tidy(() => {
    const { at, objective, slopes, slopeAlong, along } = draw(operation, seed);
    const first = deviation(objective, (x) => slopes(x), at, along);
    let second: number | string;
    try {
      second = deviation(slopeAlong, (x) => tf.grads(slopeAlong)(x), at, along);
    } catch (error) {
      second = error instanceof Error ? error.message : String(error);
    }
    return { first, second };
  });
}

function deviation(
  fn: (...x: Tensor[]) => Scalar,
  gradient: (x: Tensor[]) => Tensor[],
  at: Tensor[],
  along: Tensor[],
): number {
  const step = 2e-3;
  const moved = (by: number) => fn(...at.map((x, index) => tf.add(x, tf.mul(along[index]!, by))));
  const expected = (moved(step).dataSync()[0]! - moved(-step).dataSync()[0]!) / (2 * step);
  const got = dot(gradient(at), along).dataSync()[0]!;
  return Math.abs(got - expected) / Math.max(1, Math.abs(expected), Math.abs(got));
}

function dot(a: Tensor[], b: Tensor[]): Scalar {
  return tf.addN(a.map((x, index) => tf.sum(tf.mul(x, b[index]!)))) as Scalar;
}
