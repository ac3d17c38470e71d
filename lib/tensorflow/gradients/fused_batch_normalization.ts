import type { layers, LayerVariable, Tensor, Tensor4D } from "@tensorflow/tfjs";
import type { NamedAttrMap } from "@tensorflow/tfjs-core";
import type { NodeBackend } from "../backend/register.ts";
import type { Attribute } from "../c_library/attributes.ts";
import { tf } from "../tfjs.ts";
import { runKernel } from "./run_kernel.ts";
import { registerOp } from "./single_op.ts";

const forwards = "FusedBatchNormV2";
const backwards = "FusedBatchNormGradV2";

/** The layer, with what TensorFlow.js keeps out of its public type. */
interface BatchNormalization extends layers.Layer {
  readonly axis: number;
  readonly epsilon: number;
  readonly momentum: number;
  readonly gamma?: LayerVariable;
  readonly beta?: LayerVariable;
  readonly movingMean: LayerVariable;
  readonly movingVariance: LayerVariable;
}

/**
 * Batch normalisation of pictures by the statistics of their own batch, in layers that train: one op
 * forwards and one back, where TensorFlow.js takes a dozen, each of which passes over the memory.
 * A DCGAN's step takes 0.89 of the processor time compiled, 0.82 op by op. It rounds differently, by
 * parts in 10^6.
 *
 * The op's gradient has no gradient of its own: gradients of gradients go TensorFlow.js's way.
 */
export function fuseBatchNormalization(): void {
  registerKernels();
  const { prototype } = tf.layers.batchNormalization({}).constructor as {
    prototype: BatchNormalization;
  };
  const { call } = prototype;
  prototype.call = function (this: BatchNormalization, inputs, options) {
    const [x, ...others] = [inputs].flat();
    const isPicture = x!.rank === 4 && (this.axis === -1 || this.axis === 3);
    const isOnce = tf.engine().state.gradientDepth < 2;
    if (!options.training || !isPicture || !isOnce || others.length > 0) {
      return call.call(this, inputs, options);
    }
    return tf.tidy(() => normalize(this, x as Tensor4D));
  };
}

function normalize(layer: BatchNormalization, x: Tensor4D): Tensor {
  const channels = x.shape[3];
  const scale = layer.gamma?.read() ?? tf.ones([channels]);
  const offset = layer.beta?.read() ?? tf.zeros([channels]);
  // In training the op takes statistics for no input but still wants one.
  const none = tf.tensor1d([]);
  const inputs = { x, scale, offset, mean: none, variance: none };
  const [y, mean, variance] = runKernel<Tensor[]>(forwards, inputs, { epsilon: layer.epsilon });
  const count = x.size / channels;
  move(layer.movingMean, mean!);
  // The op's own variance is that of the population, count / (count - 1) times that of the batch.
  move(layer.movingVariance, tf.mul(variance!, (count - 1) / count));
  return y!;

  function move(average: LayerVariable, value: Tensor) {
    const old = average.read();
    average.write(tf.sub(old, tf.mul(tf.sub(old, value), 1 - layer.momentum)));
  }
}

function registerKernels(): void {
  const attributes = ({ binding }: NodeBackend, { epsilon }: NamedAttrMap): Attribute[] => [
    { name: "U", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: "epsilon", type: binding.TF_ATTR_FLOAT, value: epsilon },
    { name: "is_training", type: binding.TF_ATTR_BOOL, value: true },
  ];
  registerOp(forwards, ["x", "scale", "offset", "mean", "variance"], attributes, 5);
  registerOp(backwards, ["dy", "x", "scale", "mean", "variance"], attributes, 5);
  tf.registerGradient({
    kernelName: forwards,
    inputsToSave: ["x", "scale"],
    outputsToSave: [false, false, false, true, true],
    gradFunc: (dys, [x, scale, mean, variance], { epsilon }) => {
      const [dy] = dys as Tensor[];
      // Here and not in the functions returned, each of which is tidied up after by itself.
      const [ofX, ofScale, ofOffset] = runKernel<Tensor[]>(backwards, {
        dy: dy!,
        x: x!,
        scale: scale!,
        mean: mean!,
        variance: variance!,
      }, { epsilon });
      return { x: () => ofX!, scale: () => ofScale!, offset: () => ofOffset! };
    },
  });
}
