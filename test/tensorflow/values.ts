import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import { tf } from "../../lib/tensorflow/mod.ts";

/** A variable that is the only one to hold its value. */
export function variable(value: Tensor): Variable {
  const result = tf.variable(value);
  value.dispose();
  return result;
}

/** The values of each tensor. */
export function valuesOf(tensors: readonly Tensor[]): number[][] {
  return tensors.map((tensor) => [...tensor.dataSync()]);
}
