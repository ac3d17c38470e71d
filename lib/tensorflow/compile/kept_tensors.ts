import type { Tensor } from "@tensorflow/tfjs-core";
import { tf } from "../tfjs.ts";

/**
 * Notes the tensors that are made and kept (`tf.keep`) from now on. What this returns ends that and
 * disposes them: a tensor of a trace has no value that would be worth keeping.
 */
export function watchKeptTensors(): () => void {
  const engine = tf.engine() as unknown as {
    nextTensorId(): number;
    keep(tensor: Tensor): Tensor;
  };
  const { keep } = engine;
  const first = engine.nextTensorId();
  const kept: Tensor[] = [];
  engine.keep = (tensor) => {
    if (tensor.id > first) kept.push(tensor);
    return keep.call(engine, tensor);
  };
  return () => {
    delete (engine as { keep?: unknown }).keep;
    for (const tensor of kept) tensor.dispose();
  };
}
