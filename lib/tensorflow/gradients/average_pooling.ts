import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { tf } from "../tfjs.ts";

interface Pool {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: "valid" | "same" | number;
}

/** Registers the gradient of average pooling's gradient: that is linear, and pools again. */
export function registerAveragePoolingGradient(): void {
  tf.registerGradient({
    kernelName: tf.AvgPoolGrad,
    inputsToSave: ["input"],
    gradFunc: (given: Tensor | Tensor[], [input], attributes) => {
      const { filterSize, strides, pad } = attributes as unknown as Pool;
      return {
        dy: () => tf.avgPool(given as Tensor4D, filterSize, strides, pad),
        input: () => tf.zerosLike(input!),
      };
    },
  });
}
