import { DataType } from "../c_library/data_types.ts";
import type { GraphTensor } from "./graph.ts";

/**
 * The op to record in place of an addition: adding a row to the last axis is `BiasAdd`, which
 * computes the same and which TensorFlow's optimiser knows to fuse with the convolution before and
 * the activation behind. TensorFlow.js has one addition for all.
 */
export function additionOf(name: string, inputs: readonly GraphTensor[]): string {
  if (name !== "Add" && name !== "AddV2") return name;
  const [values, bias] = inputs as [GraphTensor, GraphTensor];
  const isBias = values.dtype === DataType.float32 && values.shape.length >= 2 &&
    bias.shape.length === 1 && bias.shape[0] === values.shape.at(-1);
  return isBias ? "BiasAdd" : name;
}
