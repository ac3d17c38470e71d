import type * as tfjs from "@tensorflow/tfjs";
import { randomNumbers } from "../run/mod.ts";
import { tf } from "../tensorflow/mod.ts";
import { symmetricEigen } from "./symmetric_eigen.ts";

/** The directions in which pictures differ most from their mean. */
export interface PrincipalComponents {
  /** [height, width, 3] in [0, 1]. */
  readonly mean: tfjs.Tensor3D;
  /** [count, height * width * 3]: orthogonal, of length 1, the largest variance first. */
  readonly components: tfjs.Tensor2D;
  /** Part of the whole variance that each component explains. */
  readonly explained: readonly number[];
  /** Values [pictures, count] of pictures along the components. */
  encode(pictures: tfjs.Tensor4D): tfjs.Tensor2D;
  /** Pictures of values, not clipped. */
  decode(codes: tfjs.Tensor2D): tfjs.Tensor4D;
  dispose(): void;
}

/**
 * Principal component analysis: no linear code of `count` values brings the same pictures back with
 * a smaller squared error. It is what an autoencoder has to beat.
 *
 * With far fewer pictures than pixels the small matrix of their inner products has the same
 * eigenvalues as the large one of the pixels' covariances (Turk and Pentland, "Eigenfaces for
 * recognition", 1991).
 *
 * @param pictures [n, height, width, 3] in [0, 1], more than `count` of them
 */
export async function principalComponents(
  pictures: tfjs.Tensor4D,
  count: number,
): Promise<PrincipalComponents> {
  const [number, height, width, channels] = pictures.shape;
  if (!Number.isInteger(count) || count < 1 || count >= number) {
    throw new RangeError(
      `Expected from 1 to ${number - 1} components of ${number} pictures but found ${count}`,
    );
  }
  const pixels = height * width * channels;
  const { mean, differences, products } = tf.tidy(() => {
    const mean = pictures.mean<tfjs.Tensor3D>(0);
    const differences = pictures.sub(mean).reshape<tfjs.Tensor2D>([number, pixels]);
    return { mean, differences, products: differences.matMul(differences, false, true) };
  });
  const matrix = Float64Array.from(await products.data());
  const { values, vectors } = largestEigenvectors(matrix, number, count);
  const total = trace(matrix, number);
  const components = tf.tidy(() => {
    const directions = tf.tensor2d(Float32Array.from(vectors.flatMap((row) => [...row])), [
      count,
      number,
    ]).matMul<tfjs.Tensor2D>(differences);
    return directions.div<tfjs.Tensor2D>(directions.norm("euclidean", 1, true));
  });
  tf.dispose([differences, products]);
  return {
    mean,
    components,
    explained: values.map((value) => value / total),
    encode: (pictures) =>
      tf.tidy(() =>
        tf.matMul<tfjs.Tensor2D>(
          pictures.sub(mean).reshape<tfjs.Tensor2D>([-1, pixels]),
          components,
          false,
          true,
        )
      ),
    decode: (codes) =>
      tf.tidy(() =>
        tf.add<tfjs.Tensor4D>(
          codes.matMul(components).reshape([-1, height, width, channels]),
          mean,
        )
      ),
    dispose: () => tf.dispose([mean, components]),
  };
}

/**
 * The largest eigenvalues of a symmetric matrix with no negative one, by subspace iteration: a few
 * more vectors than asked for are multiplied and made orthogonal until the wanted ones stand still.
 */
function largestEigenvectors(
  matrix: Float64Array,
  size: number,
  count: number,
): { values: number[]; vectors: Float64Array[] } {
  const random = randomNumbers(1);
  const width = Math.min(size, count + 8);
  let vectors: Float64Array[] = Array.from(
    { length: width },
    () => Float64Array.from({ length: size }, () => random() - 0.5),
  );
  let values: number[] = [];
  for (let round = 0; round < 500; round++) {
    orthonormalize(vectors);
    const images = vectors.map((vector) => multiply(matrix, vector));
    const small = symmetricEigen(vectors.map((left) => images.map((right) => dot(left, right))));
    const turn = (rows: readonly Float64Array[]) =>
      small.vectors.map((weights) => combine(rows, weights));
    const before = values;
    values = small.values;
    const [ritz, next] = [turn(vectors), turn(images)];
    const settled = values.slice(0, count).every((value, index) =>
      Math.abs(value - (before[index] ?? Infinity)) <= 1e-12 * Math.abs(values[0]!)
    );
    if (settled) return { values: values.slice(0, count), vectors: ritz.slice(0, count) };
    vectors = next;
  }
  orthonormalize(vectors);
  return { values: values.slice(0, count), vectors: vectors.slice(0, count) };
}

function orthonormalize(vectors: Float64Array[]): void {
  vectors.forEach((vector, position) => {
    // Twice is enough: once leaves rounding errors where vectors are nearly parallel.
    for (let pass = 0; pass < 2; pass++) {
      for (const earlier of vectors.slice(0, position)) {
        const along = dot(vector, earlier);
        for (let index = 0; index < vector.length; index++) {
          vector[index]! -= along * earlier[index]!;
        }
      }
    }
    const length = Math.sqrt(dot(vector, vector)) || 1;
    for (let index = 0; index < vector.length; index++) vector[index]! /= length;
  });
}

function multiply(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  return Float64Array.from(
    vector,
    (_, row) => dot(matrix.subarray(row * size, (row + 1) * size), vector),
  );
}

function combine(rows: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const sum = new Float64Array(rows[0]!.length);
  rows.forEach((row, position) => {
    const weight = weights[position]!;
    for (let index = 0; index < sum.length; index++) sum[index]! += weight * row[index]!;
  });
  return sum;
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += left[index]! * right[index]!;
  return sum;
}

function trace(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let index = 0; index < size; index++) sum += matrix[index * (size + 1)]!;
  return sum;
}
