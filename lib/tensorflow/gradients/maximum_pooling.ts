import type { Tensor4D } from "@tensorflow/tfjs-core";
import { tf } from "../tfjs.ts";
import { runKernel } from "./run_kernel.ts";
import { registerOp } from "./single_op.ts";

/** Registers the gradient of max-pooling's gradient: it picks the values where the maxima were. */
export function registerMaximumPoolingOp(): void {
  const op = "MaxPoolGradGrad";
  registerOp(op, ["input", "output", "g"], ({ binding }, attributes, { input }) => {
    const { filterSize, strides, pad } = attributes as unknown as {
      filterSize: number | [number, number];
      strides: number | [number, number];
      pad: "valid" | "same";
    };
    const shape = input!.shape as [number, number, number, number];
    const pool = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad);
    const { TF_ATTR_INT, TF_ATTR_STRING } = binding;
    return [
      { name: "ksize", type: TF_ATTR_INT, value: [1, pool.filterHeight, pool.filterWidth, 1] },
      { name: "strides", type: TF_ATTR_INT, value: [1, pool.strideHeight, pool.strideWidth, 1] },
      { name: "padding", type: TF_ATTR_STRING, value: pool.padInfo.type },
    ];
  });
  tf.registerGradient({
    kernelName: tf.MaxPoolGrad,
    inputsToSave: ["input", "output"],
    gradFunc: (g, [input, output], attributes) => ({
      dy: () => runKernel(op, { input: input!, output: output!, g: g as Tensor4D }, attributes),
      input: () => tf.zerosLike(input!),
      output: () => tf.zerosLike(output!),
    }),
  });
}
