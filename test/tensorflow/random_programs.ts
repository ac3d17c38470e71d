import type { Tensor, Tensor2D, Tensor4D, Variable } from "@tensorflow/tfjs-core";
import { randomNumbers } from "../../lib/run/mod.ts";
import { tf } from "../../lib/tensorflow/mod.ts";

/** A sequence of whole numbers that a seed determines, each below its own limit. */
export function numbersFrom(seed: number): (below: number) => number {
  const random = randomNumbers(seed);
  return (below) => random() * 2 ** 32 % below;
}

type Op = (a: Tensor2D, b: Tensor2D) => Tensor2D;

/** Operations on 4 x 4 matrices that stay in a range where nothing overflows. */
const ops: Record<string, Op> = {
  add: (a, b) => tf.tanh(tf.add(a, b)),
  sub: (a, b) => tf.sub(a, b),
  mul: (a, b) => tf.mul(tf.sigmoid(a), b),
  matMul: (a, b) => tf.tanh(tf.matMul(a, b)),
  transposed: (a, b) => tf.tanh(tf.matMul(a, b, true, true)),
  maximum: (a, b) => tf.maximum(a, b),
  where: (a, b) => tf.where(tf.greater(a, b), a, tf.neg(b)),
  relu: (a) => tf.relu(a),
  leakyRelu: (a) => tf.leakyRelu(a, 0.1),
  softplus: (a) => tf.softplus(a),
  elu: (a) => tf.elu(a),
  softmax: (a) => tf.softmax(a),
  normalized: (a) => {
    const { mean, variance } = tf.moments(a, 0);
    return tf.div(tf.sub(a, mean), tf.sqrt(tf.add(variance, 0.1))) as Tensor2D;
  },
  concat: (a, b) => tf.slice(tf.concat([a, b], 1), [0, 2], [4, 4]),
  stacked: (a, b) => tf.mean(tf.stack([a, b]), 0),
  picked: (a) => tf.gather(a, tf.tensor1d([3, 1, 1, 0], "int32")),
  padded: (a) => tf.slice(tf.pad(a, [[1, 1], [0, 2]]), [0, 1], [4, 4]),
  clone: (a) => a.clone(),
  reversed: (a) => tf.transpose(tf.reverse(a, 0)),
  convolved: (a, b) =>
    tf.tanh(
      tf.conv2d(
        tf.reshape(a, [1, 4, 4, 1]) as Tensor4D,
        tf.reshape(tf.slice(b, [0, 0], [3, 3]), [3, 3, 1, 1]),
        1,
        "same",
      ),
    ).reshape([4, 4]),
  pooled: (a) =>
    tf.reshape(
      tf.tile(tf.maxPool(tf.reshape(a, [1, 4, 4, 1]) as Tensor4D, 2, 2, "valid"), [1, 2, 2, 1]),
      [4, 4],
    ),
};

/**
 * Makes a program of a seed: it computes with its argument and the variables, assigns some of
 * those, sometimes by gradients, and gives the matrices that it made last.
 */
export function programFrom(
  seed: number,
  variables: readonly Variable[],
): (x: Tensor2D) => Tensor[] {
  const names = Object.keys(ops);
  return (x) => {
    const draw = numbersFrom(seed);
    const pool: Tensor2D[] = [x, ...(variables as unknown as Tensor2D[])];
    const pick = () => pool[draw(pool.length)]!;
    const length = 3 + draw(12);
    for (let step = 0; step < length; step++) {
      const kind = draw(10);
      if (kind < 7) pool.push(ops[names[draw(names.length)]!]!(pick(), pick()));
      else if (kind === 7) variables[draw(variables.length)]!.assign(tf.tanh(pick()));
      else if (kind === 8) {
        const op = ops[names[draw(names.length)]!]!;
        const other = pick();
        pool.push(tf.grad((a) => tf.sum(op(a as Tensor2D, other)))(pick()) as Tensor2D);
      } else {
        const op = ops[names[draw(names.length)]!]!;
        const variable = variables[draw(variables.length)]!;
        const other = pick();
        const { value, grads } = tf.variableGrads(
          () => tf.sum(tf.square(op(variable as unknown as Tensor2D, other))),
          [variable],
        );
        variable.assign(tf.sub(variable, tf.mul(0.1, grads[variable.name]!)));
        pool.push(tf.mul(x, tf.tanh(value)));
      }
    }
    return pool.slice(-3);
  };
}
