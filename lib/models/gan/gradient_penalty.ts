import type * as tfjs from "@tensorflow/tfjs";
import { type SeededRandom, tf } from "../../tensorflow/mod.ts";

/** How the slope of scores is held down. */
export interface GradientPenalty {
  /**
   * "exact": the gradient itself, which training differentiates once more. "approximate": the change
   * of the score under a little noise, which needs first gradients only.
   */
  readonly kind: "exact" | "approximate";
  /** Gamma: the loss grows by gamma / 2 times the squared length of the gradient. Default: 1. */
  readonly weight?: number;
  /** Part of the batch that is looked at in each step, to save time. Default: 1/4. */
  readonly share?: number;
  /** Spread of the noise, for pictures in [0, 1]. Default: 0.02. */
  readonly noise?: number;
}

/**
 * gamma / 2 E |grad D(x)|^2, at real pictures R1, at generated ones R2 (Mescheder, Geiger and Nowozin,
 * arXiv 1801.04406). The approximation is gamma / (2 sigma^2) E (D(x + sigma n) - D(x))^2 with normal
 * noise n (Lin et al., arXiv 2501.08316).
 */
export function gradientPenalty(
  score: (pictures: tfjs.Tensor4D) => tfjs.Tensor2D,
  pictures: tfjs.Tensor4D,
  random: SeededRandom,
  { kind, weight = 1, share = 1 / 4, noise = 0.02 }: GradientPenalty,
): tfjs.Scalar {
  const count = Math.max(1, Math.round(share * pictures.shape[0]));
  const some = tf.slice(pictures, 0, count);
  if (kind === "approximate") {
    const near = some.add<tfjs.Tensor4D>(random.normal(some.shape).mul(noise));
    const [here, there] = tf.split(score(tf.concat([some, near])), 2);
    return here!.squaredDifference(there!).mean<tfjs.Scalar>().mul(weight / (2 * noise ** 2));
  }
  const gradient = tf.grad((input) => score(input as tfjs.Tensor4D).sum())(some);
  return gradient.square().sum<tfjs.Scalar>().mul(weight / (2 * count));
}
