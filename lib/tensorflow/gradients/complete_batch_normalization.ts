import type { NamedTensorMap } from "@tensorflow/tfjs-core";
import { tf } from "../tfjs.ts";

/**
 * Gives batch normalisation without scale or offset the neutral ones, 1 and 0. Without, the
 * gradient of TensorFlow.js fails on what is missing.
 */
export function completeBatchNormalization(): void {
  const engine = tf.engine();
  const { runKernel } = engine;
  engine.runKernel = ((name: string, inputs: NamedTensorMap, attributes: never) => {
    if (name === tf.FusedBatchNorm && (!inputs.scale || !inputs.offset)) {
      const { shape } = inputs.mean!;
      const scale = inputs.scale ?? tf.ones(shape);
      const offset = inputs.offset ?? tf.zeros(shape);
      return runKernel.call(engine, name, { ...inputs, scale, offset }, attributes);
    }
    return runKernel.call(engine, name, inputs, attributes);
  }) as typeof engine.runKernel;
}
