import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../../tensorflow/mod.ts";
import type { Objective } from "../../train/mod.ts";
import { mirror } from "../mirror.ts";
import { namedWeights } from "../named_weights.ts";
import { divergence, posterior, reparameterize, type Vae } from "./vae.ts";

/** What training a variational autoencoder minimises. */
export interface VaeObjectiveOptions {
  /** Steps in which the weight of the divergence rises from 0 to `beta`. Default: 0. */
  readonly warmUpSteps?: number;
  /** Weight of the divergence at last; 1 is the bound on the likelihood. Default: 1. */
  readonly beta?: number;
  /** Nats of each value that cost nothing (Kingma et al., arXiv 1606.04934). Default: 0. */
  readonly freeBits?: number;
  /** Whether pictures are mirrored at random. Default: true. */
  readonly mirrored?: boolean;
}

/**
 * The negative evidence lower bound, divided by the number of a picture's values.
 *
 * How much an error of a pixel weighs against a nat of divergence depends on the noise sigma that
 * pixels are thought to have. The likeliest sigma is the root of the mean squared error itself, which
 * leaves log sigma per value (Rybkin, Daniilidis and Levine, "Simple and effective VAE training with
 * calibrated decoders", arXiv 2006.13202): there is no weight to tune.
 */
export function vaeObjective(
  vae: Vae,
  { warmUpSteps = 0, beta = 1, freeBits = 0, mirrored = true }: VaeObjectiveOptions = {},
): Objective {
  const steps = tf.variable(tf.scalar(0), false);
  const codeSize = vae.decoder.inputs[0]!.shape[1]!;
  const decode = (codes: tfjs.Tensor) => vae.decoder.apply(codes) as tfjs.Tensor4D;
  return {
    variables: namedWeights({ encoder: vae.encoder, decoder: vae.decoder }),
    otherState: new Map([["warm_up/steps", steps]]),
    loss: (pictures, random) => {
      const shown = mirrored ? mirror(pictures, random) : pictures;
      const codes = posterior(vae, shown);
      const noise = random.normal([shown.shape[0], codeSize]) as tfjs.Tensor2D;
      const error = decode(reparameterize(codes, noise)).squaredDifference(shown)
        .mean<tfjs.Scalar>();
      const nats = divergence(codes).mean(0).maximum(freeBits).sum();
      steps.assign(steps.add(1));
      const weight = warmUpSteps > 0 ? steps.div(warmUpSteps).minimum(1).mul(beta) : beta;
      const values = shown.size / shown.shape[0];
      const objective = error.log().div(2).add<tfjs.Scalar>(nats.mul(weight).div(values));
      return { objective, error };
    },
    evaluate: (pictures) =>
      tf.tidy(() =>
        decode(posterior(vae, pictures).mean).squaredDifference(pictures).mean<tfjs.Scalar>()
      ),
  };
}
