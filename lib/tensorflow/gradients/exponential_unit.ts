import type { Tensor } from "@tensorflow/tfjs-core";
import { tf } from "../tfjs.ts";
import { runKernel } from "./run_kernel.ts";

/** Registers the gradient of elu's gradient, which is `dy (y + 1)` below zero and `dy` above. */
export function registerExponentialUnitGradient(): void {
  tf.registerGradient({
    kernelName: tf.EluGrad,
    inputsToSave: ["dy", "y"],
    gradFunc: (given, [dy, y]) => {
      const g = given as Tensor;
      return {
        dy: () => runKernel(tf.EluGrad, { dy: g, y: y! }),
        y: () => tf.mul(tf.mul(g, dy!), tf.cast(tf.less(y!, 0), "float32")),
      };
    },
  });
}
