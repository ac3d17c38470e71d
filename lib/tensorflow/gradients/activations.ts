import type { NamedAttrMap, Tensor } from "@tensorflow/tfjs-core";
import type { NodeBackend } from "../backend/register.ts";
import type { Attribute } from "../c_library/attributes.ts";
import { tf } from "../tfjs.ts";
import { runKernel } from "./run_kernel.ts";
import { registerOp } from "./single_op.ts";

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

/**
 * Registers the gradients of activations that TensorFlow has as single ops, where TensorFlow.js
 * composes them of several, and those ops' own gradients.
 */
export function registerActivationOps(): void {
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
