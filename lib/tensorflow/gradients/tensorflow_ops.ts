import type { NamedAttrMap, NamedTensorMap, Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import type { Attribute } from "../c_library/attributes.ts";
import type { NodeBackend } from "../backend/register.ts";
import { tf } from "../tfjs.ts";
import { runKernel } from "./run_kernel.ts";

/**
 * Registers gradients that TensorFlow has as single ops, where TensorFlow.js composes them of
 * several, or has none: those of the activations, of max-pooling's gradient, of resizing.
 */
export function registerTensorFlowGradients(): void {
  registerActivations();
  registerMaximumPooling();
  registerResizing();
}

/** Makes a TensorFlow op a kernel: inputs in the op's own order, their type as `T`. */
function registerOp(
  name: string,
  inputNames: readonly string[],
  attributesOf: (
    backend: NodeBackend,
    attributes: NamedAttrMap,
    inputs: NamedTensorMap,
  ) => Attribute[] = () => [],
): void {
  tf.registerKernel({
    kernelName: name,
    backendName: "tensorflow",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const engine = backend as NodeBackend;
      const tensors = inputNames.map((input) => inputs[input] as Tensor);
      const type = engine.getDTypeInteger(tensors[0]!.dtype);
      return engine.executeSingleOutput(name, [
        { name: "T", type: engine.binding.TF_ATTR_TYPE, value: type },
        ...attributesOf(engine, attrs ?? {}, inputs as NamedTensorMap),
      ], tensors);
    },
  });
}

type Gradient = (dy: Tensor, values: Tensor, attributes: NamedAttrMap) => Tensor;

/**
 * An activation's gradient as one op. `second` is what the gradient's own gradient gives for the
 * values that the op takes beside `dy`; it is zero for activations made of straight lines.
 */
function registerActivation(
  kernelName: string,
  op: string,
  { from, order, second, attributesOf }: {
    /** Whether the op wants what went into the activation or what came out. */
    from: "input" | "output";
    /** Names of the op's inputs, in its order; TensorFlow's ops differ in it. */
    order: readonly ["dy", "y"] | readonly ["y", "dy"];
    second?: (g: Tensor, dy: Tensor, y: Tensor) => Tensor;
    attributesOf?: (backend: NodeBackend, attributes: NamedAttrMap) => Attribute[];
  },
): void {
  // tfjs-node has a kernel of its own for elu's.
  if (!tf.getKernel(op, "tensorflow")) registerOp(op, order, attributesOf);
  const gradient: Gradient = (dy, y, attributes) => {
    // An activation of whole numbers has a gradient of real ones.
    const values = y.dtype === dy.dtype ? y : tf.cast(y, dy.dtype);
    return runKernel(op, { dy, y: values }, attributes);
  };
  tf.registerGradient({
    kernelName,
    ...(from === "input" ? { inputsToSave: ["x"] } : { outputsToSave: [true] }),
    gradFunc: (dy, [values], attributes) => ({
      x: () => gradient(dy as Tensor, values!, attributes),
    }),
  });
  tf.registerGradient({
    kernelName: op,
    inputsToSave: ["dy", "y"],
    gradFunc: (given, [dy, y], attributes) => {
      const g = given as Tensor;
      return {
        dy: () => gradient(g, y!, attributes),
        y: () => second ? second(g, dy!, y!) : tf.zerosLike(y!),
      };
    },
  });
}

function registerActivations(): void {
  const gradientFirst = ["dy", "y"] as const;
  const valueFirst = ["y", "dy"] as const;
  // From the output: what went in is then needed by nobody, and may be overwritten.
  registerActivation(tf.Relu, "ReluGrad", { from: "output", order: gradientFirst });
  registerActivation(tf.Relu6, "Relu6Grad", { from: "output", order: gradientFirst });
  registerActivation(tf.LeakyRelu, "LeakyReluGrad", {
    from: "input",
    order: gradientFirst,
    attributesOf: ({ binding }, { alpha }) => [
      { name: "alpha", type: binding.TF_ATTR_FLOAT, value: alpha },
    ],
  });
  const belowZero = (g: Tensor, dy: Tensor, y: Tensor) =>
    tf.mul(tf.mul(g, dy), tf.cast(tf.less(y, 0), "float32"));
  registerActivation(tf.Elu, "EluGrad", {
    from: "output",
    order: gradientFirst,
    second: belowZero,
  });
  registerActivation(tf.Selu, "SeluGrad", {
    from: "output",
    order: gradientFirst,
    second: belowZero,
  });
  registerActivation(tf.Sigmoid, "SigmoidGrad", {
    from: "output",
    order: valueFirst,
    second: (g, dy, y) => tf.mul(tf.mul(g, dy), tf.sub(1, tf.mul(2, y))),
  });
  registerActivation(tf.Tanh, "TanhGrad", {
    from: "output",
    order: valueFirst,
    second: (g, dy, y) => tf.mul(tf.mul(g, dy), tf.mul(-2, y)),
  });
}

function registerMaximumPooling(): void {
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

/** tfjs-node's kernels forget `halfPixelCenters`; these take their place. */
function registerResizing(): void {
  tf.unregisterKernel(tf.ResizeBilinearGrad, "tensorflow");
  tf.unregisterKernel(tf.ResizeNearestNeighborGrad, "tensorflow");
  const flags = ({ binding }: NodeBackend, attributes: NamedAttrMap): Attribute[] => [
    { name: "align_corners", type: binding.TF_ATTR_BOOL, value: attributes.alignCorners },
    { name: "half_pixel_centers", type: binding.TF_ATTR_BOOL, value: attributes.halfPixelCenters },
  ];
  registerOp(tf.ResizeBilinearGrad, ["dy", "images"], flags);
  tf.registerKernel({
    kernelName: tf.ResizeNearestNeighborGrad,
    backendName: "tensorflow",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const engine = backend as NodeBackend;
      const { dy, images } = inputs as NamedTensorMap;
      const type = engine.getDTypeInteger(dy!.dtype);
      const [, height, width] = images!.shape as [number, number, number, number];
      const size = tf.tensor1d([height, width], "int32");
      const result = engine.executeSingleOutput(tf.ResizeNearestNeighborGrad, [
        { name: "T", type: engine.binding.TF_ATTR_TYPE, value: type },
        ...flags(engine, attrs ?? {}),
      ], [dy!, size]);
      size.dispose();
      return result;
    },
  });
}
