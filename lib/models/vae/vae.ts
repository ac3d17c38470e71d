import type * as tfjs from "@tensorflow/tfjs";

/** Pictures to normal distributions of codes, and codes to pictures. */
export interface Vae {
  /** Pictures [count, size, size, 3] in [0, 1] to two outputs [count, codeSize]: mean, log variance. */
  readonly encoder: tfjs.LayersModel;
  /** Codes, which are spread like N(0, I), to pictures. */
  readonly decoder: tfjs.LayersModel;
}

/** Where a picture's code lies: a normal distribution for each of its values. */
export interface Posterior {
  readonly mean: tfjs.Tensor2D;
  readonly logVariance: tfjs.Tensor2D;
}

/** The distribution of codes of each picture, in a way that gradients can follow. */
export function posterior({ encoder }: Vae, pictures: tfjs.Tensor4D): Posterior {
  const [mean, logVariance] = encoder.apply(pictures) as [tfjs.Tensor2D, tfjs.Tensor2D];
  // Bounded, so that one wild step cannot make a variance of exp(100).
  return { mean, logVariance: logVariance.clipByValue(-12, 4) as tfjs.Tensor2D };
}

/**
 * A code drawn from the posterior: mean + deviation * noise. The noise comes from outside, so that the
 * gradient passes through mean and deviation: the reparameterisation of Kingma and Welling.
 */
export function reparameterize(
  { mean, logVariance }: Posterior,
  noise: tfjs.Tensor2D,
): tfjs.Tensor2D {
  return mean.add<tfjs.Tensor2D>(logVariance.div(2).exp().mul(noise));
}

/**
 * Kullback-Leibler divergence in nats from the posterior to N(0, 1), for each picture and each value:
 * (mean^2 + variance - log variance - 1) / 2.
 */
export function divergence({ mean, logVariance }: Posterior): tfjs.Tensor2D {
  return mean.square().add(logVariance.exp()).sub(logVariance).sub(1).div<tfjs.Tensor2D>(2);
}
