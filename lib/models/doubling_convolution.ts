import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../tensorflow/mod.ts";

/** The form of the layer. */
export interface DoublingConvolutionOptions {
  readonly name: string;
  readonly filters: number;
  readonly useBias?: boolean;
  readonly kernelInitializer: ReturnType<typeof tf.initializers.zeros>;
}

/**
 * Doubles width and height by repeating every value, then convolves by a kernel of 3 x 3. It gives
 * what `upSampling2d` and `conv2d` give, from the same weights, at less than half of the
 * multiplications: of the nine values under the kernel many are copies of each other. Adding up the
 * weights that meet the same value makes a kernel of 4 x 4 for a transposed convolution with stride 2,
 * in which each pixel takes four multiplications in place of nine.
 */
export class DoublingConvolution extends tf.layers.Layer {
  static readonly className = "DoublingConvolution";
  readonly #options: DoublingConvolutionOptions;
  #kernel: tfjs.LayerVariable | null = null;
  #bias: tfjs.LayerVariable | null = null;

  constructor(options: DoublingConvolutionOptions) {
    super({ name: options.name });
    this.#options = options;
  }

  override build(inputShape: tfjs.Shape): void {
    const { filters, useBias = true, kernelInitializer } = this.#options;
    const shape = [3, 3, inputShape.at(-1)!, filters];
    this.#kernel = this.addWeight("kernel", shape, "float32", kernelInitializer);
    if (useBias) {
      this.#bias = this.addWeight("bias", [filters], "float32", tf.initializers.zeros());
    }
    this.built = true;
  }

  override computeOutputShape(inputShape: tfjs.Shape): tfjs.Shape {
    const [count, height, width] = inputShape;
    return [count!, 2 * height!, 2 * width!, this.#options.filters];
  }

  override call(inputs: tfjs.Tensor | tfjs.Tensor[]): tfjs.Tensor {
    return tf.tidy(() => {
      const input = (Array.isArray(inputs) ? inputs[0] : inputs) as tfjs.Tensor4D;
      const [count, height, width] = input.shape;
      const shape: [number, number, number, number] = [
        count,
        2 * height,
        2 * width,
        this.#options.filters,
      ];
      const kernel = joinedKernel(this.#kernel!.read() as tfjs.Tensor4D);
      const result = tf.conv2dTranspose(input, kernel, shape, 2, "same");
      return this.#bias ? result.add(this.#bias.read()) : result;
    });
  }
}

/** A kernel [3, 3, in, out] as the one [4, 4, out, in] of the transposed convolution. */
function joinedKernel(kernel: tfjs.Tensor4D): tfjs.Tensor4D {
  const [, , inputs, filters] = kernel.shape;
  const framed = tf.pad(kernel, [[1, 1], [1, 1], [0, 0], [0, 0]]);
  const corners = [[0, 0], [0, 1], [1, 0], [1, 1]];
  const sum = tf.addN(
    corners.map(([row, column]) => framed.slice([row!, column!, 0, 0], [4, 4, inputs, filters])),
  );
  return sum.reverse([0, 1]).transpose([0, 1, 3, 2]);
}
