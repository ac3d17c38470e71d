import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../tensorflow/mod.ts";

/** What an average picture looks like, and how far pictures lie from it. */
export interface FaceStatistics {
  /** The mean face, values in [0, 1], row by row: size * size * 3 numbers. */
  readonly meanFace: Float32Array;
  /** Root of the mean squared difference between a picture and the mean face, over all pixels. */
  readonly deviation: number;
}

/** Statistics of no data: they leave pictures as they are. */
export function neutralStatistics(size: number): FaceStatistics {
  return { meanFace: new Float32Array(size * size * 3), deviation: 1 };
}

/**
 * The mean face of pictures and their distance from it.
 *
 * @param images shape [count, size, size, 3], values in [0, 1]
 */
export async function faceStatistics(images: tfjs.Tensor4D): Promise<FaceStatistics> {
  const [mean, deviation] = tf.tidy(() => {
    const mean = images.mean<tfjs.Tensor3D>(0);
    return [mean, images.squaredDifference(mean).mean().sqrt()];
  });
  const meanFace = await mean.data<"float32">();
  const [value] = await deviation.data();
  tf.dispose([mean, deviation]);
  return { meanFace, deviation: value! };
}

/**
 * Pictures in [0, 1] to differences from the mean face with a spread of 1.
 *
 * Layers of TensorFlow.js have no "subtract this constant", and a layer class of our own could not
 * be read by a page that has TensorFlow.js and nothing else. A batch normalisation whose statistics
 * are fixed is the same formula, (x - mean) / sqrt(variance), one value a pixel. It must not be run
 * in training mode, which would replace the mean face by the batch's mean.
 */
export function normalizePictures(
  pictures: tfjs.SymbolicTensor,
  size: number,
  { meanFace, deviation }: FaceStatistics,
): tfjs.SymbolicTensor {
  const flat = tf.layers.flatten({ name: "pixels" }).apply(pictures);
  const normalization = tf.layers.batchNormalization({
    name: "subtract_mean_face",
    epsilon: 0,
    trainable: false,
  });
  const normalized = normalization.apply(flat);
  setWeights(normalization, {
    gamma: tf.ones([meanFace.length]),
    beta: tf.zeros([meanFace.length]),
    moving_mean: tf.tensor1d(meanFace),
    moving_variance: tf.fill([meanFace.length], deviation ** 2),
  });
  return tf.layers.reshape({ targetShape: [size, size, 3], name: "difference_picture" })
    .apply(normalized) as tfjs.SymbolicTensor;
}

/**
 * The way back: differences with a spread of 1, as a flat list of size * size * 3 numbers a picture,
 * to pictures around the mean face.
 */
export function restorePictures(
  differences: tfjs.SymbolicTensor,
  size: number,
  { meanFace, deviation }: FaceStatistics,
): tfjs.SymbolicTensor {
  const restoration = tf.layers.batchNormalization({
    name: "add_mean_face",
    epsilon: 0,
    trainable: false,
  });
  const restored = restoration.apply(differences);
  setWeights(restoration, {
    gamma: tf.fill([meanFace.length], deviation),
    beta: tf.tensor1d(meanFace),
    moving_mean: tf.zeros([meanFace.length]),
    moving_variance: tf.ones([meanFace.length]),
  });
  return tf.layers.reshape({ targetShape: [size, size, 3], name: "picture" })
    .apply(restored) as tfjs.SymbolicTensor;
}

function setWeights(layer: tfjs.layers.Layer, values: Readonly<Record<string, tfjs.Tensor>>): void {
  layer.setWeights(
    layer.weights.map(({ originalName }) => values[originalName.split("/").at(-1)!]!),
  );
  tf.dispose(Object.values(values));
}
