import type { Tensor } from "@tensorflow/tfjs-core";
import { tf } from "../tfjs.ts";

const binary = [
  tf.Equal,
  tf.NotEqual,
  tf.Greater,
  tf.GreaterEqual,
  tf.Less,
  tf.LessEqual,
  tf.LogicalAnd,
  tf.LogicalOr,
];

const unary = [tf.LogicalNot, tf.IsNan, tf.IsInf, tf.IsFinite];

/**
 * Registers the gradient of comparisons and logic: zero, wherever there is one. TensorFlow.js has
 * none, though its own gradients of relu6, maximum, max and others compare, so that theirs end in
 * an error.
 */
export function registerPiecewiseConstants(): void {
  const zeros = ({ shape }: Tensor) => () => tf.zeros(shape);
  for (const kernelName of binary) {
    tf.registerGradient({
      kernelName,
      inputsToSave: ["a", "b"],
      gradFunc: (_, [a, b]) => ({ a: zeros(a!), b: zeros(b!) }),
    });
  }
  for (const kernelName of unary) {
    tf.registerGradient({
      kernelName,
      inputsToSave: ["x"],
      gradFunc: (_, [x]) => ({ x: zeros(x!) }),
    });
  }
}
