import type { Tensor4D } from "@tensorflow/tfjs-core";
import { tf } from "../tfjs.ts";
import { runKernel } from "./run_kernel.ts";

interface Resizing {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

/**
 * Registers the gradients of resizing, and of those: each is linear, so that the gradient's own
 * gradient is resizing again. TensorFlow.js's gradient forgets `halfPixelCenters`; where the engine
 * cannot do better than that (`supportsHalfPixels` false), such a gradient is an error.
 */
export function registerResizeGradients({ supportsHalfPixels }: {
  supportsHalfPixels: boolean;
}): void {
  const both = [
    [tf.ResizeBilinear, tf.ResizeBilinearGrad, tf.image.resizeBilinear],
    [tf.ResizeNearestNeighbor, tf.ResizeNearestNeighborGrad, tf.image.resizeNearestNeighbor],
  ] as const;
  for (const [kernelName, gradientName, resize] of both) {
    tf.registerGradient({
      kernelName,
      inputsToSave: ["images"],
      gradFunc: (dy, [images], attributes) => ({
        images: () => {
          if ((attributes as unknown as Resizing).halfPixelCenters && !supportsHalfPixels) {
            throw new Error(
              `The gradient of ${kernelName} with half pixel centres needs TensorFlow`,
            );
          }
          return runKernel(gradientName, { dy: dy as Tensor4D, images: images! }, attributes);
        },
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
