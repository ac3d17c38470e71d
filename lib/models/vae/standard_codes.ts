import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../../tensorflow/mod.ts";
import { normalDistribution } from "./normal_distribution.ts";

/**
 * Turns and stretches the space of a decoder's codes so that codes drawn from N(0, I) lie where the
 * given ones lie: have their mean and their covariance. Only the first layer changes, in place, because
 * it is linear: it decodes mean + root z in place of z.
 *
 * The means of all faces together are rarely like N(0, I) after a short training: the divergence asks
 * each face's cloud to be near it, one number at a time, and sees no correlations (compare the second
 * stage of Dai and Wipf, "Diagnosing and enhancing VAE models", arXiv 1903.05789).
 *
 * @param decoder begins with the dense layer `spread`, as `buildFaceGenerator` makes it
 * @param codes of the training faces, more of them than a code has numbers
 */
export function standardizeCodes(
  decoder: tfjs.LayersModel,
  codes: readonly (readonly number[])[],
): void {
  const { mean, root } = normalDistribution(codes);
  const layer = decoder.getLayer("spread");
  const [kernel, bias] = layer.getWeights() as [tfjs.Tensor2D, tfjs.Tensor1D];
  tf.tidy(() => {
    const offset = tf.matMul(tf.tensor2d([[...mean]]), kernel).reshape([-1]);
    const turned = tf.matMul(tf.tensor2d(root.map((row) => [...row])), kernel, true);
    layer.setWeights([turned, bias.add(offset)]);
  });
}
