import type { NamedAttrMap, Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { tf } from "../tfjs.ts";
import { runKernel } from "./run_kernel.ts";

interface Window {
  readonly strides: number | [number, number];
  readonly pad: "valid" | "same" | number;
  readonly dilations?: number | [number, number];
  readonly dataFormat?: "NHWC" | "NCHW";
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

/**
 * Registers the gradients of convolutions' gradients that TensorFlow.js lacks. A convolution is
 * linear in its input and in its filter, and so are its two gradients: theirs are convolutions and
 * gradients again.
 */
export function registerConvolutionGradients(): void {
  registerFilterGradient(tf.Conv2DBackpropFilter, tf.Conv2DBackpropInput, (x, filter, window) => {
    const { strides, pad, dataFormat, dimRoundingMode } = window;
    return tf.conv2d(x, filter, strides, pad, dataFormat, 1, dimRoundingMode);
  });
  registerFilterGradient(
    tf.DepthwiseConv2dNativeBackpropFilter,
    tf.DepthwiseConv2dNativeBackpropInput,
    depthwise,
  );
  tf.registerGradient({
    kernelName: tf.DepthwiseConv2dNativeBackpropInput,
    inputsToSave: ["dy", "filter"],
    gradFunc: (given, [dy, filter], attributes) => {
      const g = given as Tensor4D;
      const { inputShape: _, ...rest } = attributes as NamedAttrMap & { inputShape: number[] };
      return {
        dy: () => depthwise(g, filter as Tensor4D, rest as unknown as Window),
        filter: () =>
          runKernel(tf.DepthwiseConv2dNativeBackpropFilter, { x: g, dy: dy! }, {
            ...rest,
            filterShape: filter!.shape,
          }),
      };
    },
  });
}

function depthwise(x: Tensor4D, filter: Tensor4D, window: Window): Tensor4D {
  const { strides, pad, dilations, dimRoundingMode } = window;
  return tf.depthwiseConv2d(x, filter, strides, pad, "NHWC", dilations, dimRoundingMode);
}

function registerFilterGradient(
  kernelName: string,
  inputGradient: string,
  convolve: (x: Tensor4D, filter: Tensor4D, window: Window) => Tensor,
): void {
  tf.registerGradient({
    kernelName,
    inputsToSave: ["x", "dy"],
    gradFunc: (given, [x, dy], attributes) => {
      const g = given as Tensor4D;
      const { filterShape: _, ...rest } = attributes as NamedAttrMap & { filterShape: number[] };
      return {
        x: () =>
          runKernel(inputGradient, { dy: dy!, filter: g }, { ...rest, inputShape: x!.shape }),
        dy: () => convolve(x as Tensor4D, g, rest as unknown as Window),
      };
    },
  });
}
