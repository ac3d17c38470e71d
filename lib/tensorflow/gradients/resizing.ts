import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from "@tensorflow/tfjs-core";
import { tf } from "../tfjs.ts";
import { runKernel } from "./run_kernel.ts";

interface Resizing {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

type Method = "bilinear" | "nearest";

const methods = [
  ["bilinear", tf.ResizeBilinear, tf.ResizeBilinearGrad, tf.image.resizeBilinear],
  [
    "nearest",
    tf.ResizeNearestNeighbor,
    tf.ResizeNearestNeighborGrad,
    tf.image.resizeNearestNeighbor,
  ],
] as const;

/**
 * Registers the gradients of resizing as single ops (which must heed `halfPixelCenters`), and those
 * ops' own gradients: all of it is linear, so that the gradient's gradient is resizing again.
 */
export function registerResizeOps(): void {
  for (const [, kernelName, gradientName, resize] of methods) {
    tf.registerGradient({
      kernelName,
      inputsToSave: ["images"],
      gradFunc: (dy, [images], attributes) => ({
        images: () => runKernel(gradientName, { dy: dy as Tensor4D, images: images! }, attributes),
      }),
    });
    tf.registerGradient({
      kernelName: gradientName,
      inputsToSave: ["dy", "images"],
      gradFunc: (given, [dy, images], attributes) => {
        const { alignCorners, halfPixelCenters } = attributes as unknown as Resizing;
        const [, height, width] = (dy as Tensor4D).shape;
        return {
          dy: () => resize(given as Tensor4D, [height, width], alignCorners, halfPixelCenters),
          images: () => tf.zerosLike(images!),
        };
      },
    });
  }
}

/**
 * Registers the gradients of resizing for engines whose own forget `halfPixelCenters` or are wrong:
 * resizing is a product with a matrix for the rows and one for the columns, and so its gradient is
 * one with the transposed matrices.
 */
export function registerResizeMatrices(): void {
  for (const [method, kernelName] of methods) {
    tf.registerGradient({
      kernelName,
      inputsToSave: ["images"],
      gradFunc: (given, [images], attributes) => ({
        images: () => {
          const dy = given as Tensor4D;
          const [count, height, width, channels] = (images as Tensor4D).shape;
          const options = attributes as unknown as Resizing;
          const rows = matrix(method, height, dy.shape[1], options);
          const columns = matrix(method, width, dy.shape[2], options);
          const tall = multiply(rows, tf.reshape(dy, [count, dy.shape[1], -1]));
          const parts = tf.reshape(tall, [count * height, dy.shape[2], channels]) as Tensor3D;
          return tf.reshape(multiply(columns, parts), [count, height, width, channels]);
        },
      }),
    });
  }
}

/** Multiplies each matrix of a stack from the left by the transposed `weights`. */
function multiply(weights: Tensor2D, stack: Tensor): Tensor {
  const [large, small] = weights.shape;
  const repeated = tf.broadcastTo(tf.reshape(weights, [1, large, small]), [
    stack.shape[0]!,
    large,
    small,
  ]);
  return tf.matMul(repeated, stack, true);
}

/** How much each of `from` places has of each of `to` places, as a [to, from] matrix. */
function matrix(
  method: Method,
  from: number,
  to: number,
  { alignCorners, halfPixelCenters }: Resizing,
): Tensor2D {
  const weights = new Float32Array(to * from);
  const scale = alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
  for (let place = 0; place < to; place++) {
    const add = (source: number, weight: number) => {
      weights[place * from + Math.min(from - 1, Math.max(0, source))]! += weight;
    };
    if (method === "nearest") {
      const source = (halfPixelCenters ? place + 0.5 : place) * scale;
      add(alignCorners ? Math.round(source) : Math.floor(source), 1);
    } else {
      const source = halfPixelCenters ? (place + 0.5) * scale - 0.5 : place * scale;
      const below = Math.floor(source);
      add(below, 1 - (source - below));
      add(below + 1, source - below);
    }
  }
  return tf.tensor2d(weights, [to, from]);
}
