import type { NamedAttrMap, NamedTensorInfoMap, Tensor } from "@tensorflow/tfjs-core";
import { borrowKernel, borrowMissingKernels } from "../fallback/borrowed_kernels.ts";
import { replaceKernel } from "../replace_kernel.ts";
import { tf } from "../tfjs.ts";
import type { NodeBackend } from "./register.ts";

type Condition = (inputs: NamedTensorInfoMap, attributes: NamedAttrMap) => boolean;

const onStrings: Condition = ({ a }) => a!.dtype === "string";
const onIntegers: Condition = ({ x }) => x!.dtype === "int32";
const onBooleans: Condition = ({ x }) => x!.dtype === "bool";
const channelsFirst: Condition = (_, { dataFormat }) => dataFormat === "NCHW";
const withNumbersAsPadding: Condition = (_, { pad }) => pad !== "valid" && pad !== "same";

/** Arguments that TensorFlow's own kernels do not take and TensorFlow.js's users may give. */
const lent: readonly (readonly [kernelName: string, when: Condition])[] = [
  [tf.Greater, onStrings],
  [tf.GreaterEqual, onStrings],
  [tf.Less, onStrings],
  [tf.LessEqual, onStrings],
  [tf.LeakyRelu, onIntegers],
  [tf.Round, onIntegers],
  [tf.Step, onIntegers],
  [tf.Diag, onBooleans],
  [tf.FusedConv2D, channelsFirst],
  [tf.Conv2DBackpropInput, withNumbersAsPadding],
  [tf.AvgPool, withNumbersAsPadding],
  [tf.AvgPoolGrad, withNumbersAsPadding],
  [tf.MaxPool, withNumbersAsPadding],
  [tf.MaxPoolGrad, withNumbersAsPadding],
  [tf.AvgPool3D, withNumbersAsPadding],
  [tf.MaxPool3D, withNumbersAsPadding],
  [tf.Multinomial, (_, { normalized }) => normalized === true],
  [tf.ScatterNd, ({ indices }) => indices!.shape.length < 2],
];

/**
 * Completes tfjs-node's kernels: those that it lacks (ragged, sparse, some string ops) and the
 * arguments that some of them refuse are computed in plain JavaScript.
 */
export function correctKernels(): void {
  drawBySeedAlone();
  shortenPrelu();
  borrowMissingKernels("tensorflow");
  for (const [kernelName, when] of lent) borrowKernel(kernelName, "tensorflow", when);
  for (const kernelName of [tf.MaxPoolGrad, tf.MaxPool3DGrad]) spareEmptyGradients(kernelName);
}

/**
 * Gives zeros where a gradient of nothing is asked for: in graphs, oneDNN's gradients of max-pooling
 * end the process on an empty tensor.
 */
function spareEmptyGradients(kernelName: string): void {
  replaceKernel(kernelName, "tensorflow", (own) => (call) => {
    const { dy, input } = call.inputs;
    return dy!.shape.includes(0) ? tf.zeros(input!.shape, input!.dtype) : own(call);
  });
}

/**
 * The same numbers for the same seed, which tfjs-core draws between 0 and 1: to TensorFlow seeds are
 * whole numbers, and its own op goes on in its sequence from call to call.
 */
function drawBySeedAlone(): void {
  replaceKernel(tf.Multinomial, "tensorflow", () => ({ inputs, attrs, backend }) => {
    const { binding, getDTypeInteger } = backend as NodeBackend;
    const { numSamples, seed } = attrs as unknown as { numSamples: number; seed: number };
    const whole = Number.isInteger(seed) ? seed : Math.floor(seed * 2 ** 31);
    const type = getDTypeInteger.call(backend, "float32");
    const countAndSeed = [tf.scalar(numSamples, "int32"), tf.tensor1d([whole, 0], "int32")];
    const result = (backend as NodeBackend).executeSingleOutput("StatelessMultinomial", [
      { name: "T", type: binding.TF_ATTR_TYPE, value: type },
      { name: "Tseed", type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 },
      { name: "output_dtype", type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 },
    ], [inputs.logits as Tensor, ...countAndSeed]);
    tf.dispose(countAndSeed);
    return result;
  });
}

/**
 * Four operations where tfjs-node takes six, with the same numbers: a face mesh with a prelu behind
 * every convolution runs a seventh faster. There is no relu among them, because TensorFlow's graph
 * optimiser fails on one behind a sum that has other uses too.
 */
function shortenPrelu(): void {
  replaceKernel(tf.Prelu, "tensorflow", () => ({ inputs }) => {
    const { x, alpha } = inputs as Record<"x" | "alpha", Tensor>;
    return tf.tidy(() => tf.add(tf.maximum(x, 0), tf.mul(alpha, tf.minimum(x, 0))));
  });
}
