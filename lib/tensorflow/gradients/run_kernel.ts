import type { NamedAttrMap, NamedTensorMap, Tensor } from "@tensorflow/tfjs-core";
import { tf } from "../tfjs.ts";

/** Runs a kernel by its name: gradients are made of kernels that have no function in `tf`. */
export function runKernel<T extends Tensor | Tensor[] = Tensor>(
  name: string,
  inputs: NamedTensorMap,
  attributes: unknown = {},
): T {
  return tf.engine().runKernel(name, inputs, attributes as NamedAttrMap) as T;
}
