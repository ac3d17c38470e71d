import type { Tensor4D, TensorInfo } from "@tensorflow/tfjs-core";
import { tf } from "../tfjs.ts";

interface FilterGradientAttributes {
  readonly strides: number | [number, number];
  readonly pad: "valid" | "same" | number;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
  readonly filterShape: [number, number, number, number];
}

/**
 * Registers the gradient of a convolution with respect to its filter, written as a convolution:
 * the batch takes the place of the channels in both the input and the output's gradient, and the
 * stride becomes a dilation. Without it, convolutions do not train on WebAssembly.
 */
export function registerConvolutionGradients(backendName: string): void {
  tf.registerKernel({
    kernelName: tf.Conv2DBackpropFilter,
    backendName,
    kernelFunc: ({ inputs, attrs }) =>
      filterGradient(
        inputs.x as unknown as Tensor4D,
        inputs.dy as unknown as Tensor4D,
        attrs as unknown as FilterGradientAttributes,
      ),
  });
}

function filterGradient(
  x: TensorInfo,
  dy: TensorInfo,
  { strides, pad, dimRoundingMode, filterShape }: FilterGradientAttributes,
): TensorInfo {
  const { padInfo, strideHeight, strideWidth } = tf.backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filterShape,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const [height, width] = filterShape;
  return tf.tidy(() => {
    const batchAsChannels = tf.transpose(asTensor(x), [3, 1, 2, 0]).pad([
      [0, 0],
      [padInfo.top, padInfo.bottom],
      [padInfo.left, padInfo.right],
      [0, 0],
    ]) as Tensor4D;
    const gradientAsFilter = tf.transpose(asTensor(dy), [1, 2, 0, 3]);
    return tf.conv2d(batchAsChannels, gradientAsFilter, 1, "valid", "NHWC", [
      strideHeight,
      strideWidth,
    ]).slice([0, 0, 0, 0], [-1, height, width, -1]).transpose([1, 2, 0, 3]);
  });
}

function asTensor(info: TensorInfo): Tensor4D {
  return (info instanceof tf.Tensor
    ? info
    : tf.engine().makeTensorFromTensorInfo(info)) as Tensor4D;
}
