import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../tensorflow/mod.ts";

/** Points in a space of many dimensions, one row each: what an embedder makes of faces. */
export type Points = readonly ArrayLike<number>[];

/** Inner products of every point of one list with every point of another, row by row. */
export async function innerProducts(left: Points, right: Points): Promise<Float32Array> {
  const products = tf.tidy(() => tf.matMul(matrix(left), matrix(right), false, true));
  const values = await products.data<"float32">();
  products.dispose();
  return values;
}

/** Squared Euclidean distances between every point of one list and every point of another. */
export async function squaredDistances(left: Points, right: Points): Promise<Float32Array> {
  const distances = tf.tidy(() => {
    const [a, b] = [matrix(left), matrix(right)];
    // Around a common mean, because differences of large numbers lose digits.
    const mean = b.mean(0);
    const [x, y] = [a.sub<tfjs.Tensor2D>(mean), b.sub<tfjs.Tensor2D>(mean)];
    const lengths = (points: tfjs.Tensor2D) => points.square().sum(1);
    return lengths(x).expandDims(1).add(lengths(y).expandDims(0))
      .sub(tf.matMul(x, y, false, true).mul(2)).maximum(0);
  });
  const values = await distances.data<"float32">();
  distances.dispose();
  return values;
}

function matrix(points: Points): tfjs.Tensor2D {
  const width = points[0]?.length ?? 0;
  const values = new Float32Array(points.length * width);
  points.forEach((point, row) => values.set(point, row * width));
  return tf.tensor2d(values, [points.length, width]);
}
