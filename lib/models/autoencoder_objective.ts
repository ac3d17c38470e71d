import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../tensorflow/mod.ts";
import type { Objective } from "../train/mod.ts";
import { pass, type TrainableAutoencoder, trainableVariables } from "./autoencoder.ts";
import { mirror } from "./mirror.ts";

/** What training an autoencoder minimises. */
export interface AutoencoderObjectiveOptions {
  /** Spread of the pictures around the mean face, which errors are measured in. Default: 1. */
  readonly deviation?: number;
  /**
   * Weight of the penalty that keeps the linear codes of a batch at mean 0 and variance 1, where
   * tanh is neither flat nor a mere line. 0 lets the codes run into a corner: the net collapses.
   * Default: 0.01.
   */
  readonly spreadPenalty?: number;
  /**
   * Spread of the random numbers added to the linear codes while training: neighbouring codes must
   * then give similar faces, which makes the square between the faces smooth. Default: 0.1.
   */
  readonly codeNoise?: number;
  /**
   * Spread of the random numbers added to the pictures that go in, while what comes out is still
   * compared with the clean ones: the net learns to take noise away, and looks at what many pixels
   * say together. Default: 0.
   */
  readonly pictureNoise?: number;
  /**
   * Weight of a second error: that of the pictures decoded from the first value alone, the others at
   * 0. It gives the values an order, as principal components have one: the first value takes the
   * largest difference between faces for itself, and the others what is left. 0 leaves the square
   * turned as it happens to be. Default: 0.05.
   */
  readonly orderWeight?: number;
  /** Whether pictures are mirrored at random: twice as many to learn from. Default: true. */
  readonly mirrored?: boolean;
}

/**
 * Mean squared error of the pictures that come back, in units of the spread around the mean face,
 * the same of the pictures that the first value alone gives (after PCA-AE, arXiv 2006.07827, but with
 * all values learned at once), and a small penalty on the linear codes of a batch: for each value,
 * mean^2 + (variance - 1)^2.
 */
export function autoencoderObjective(
  autoencoder: TrainableAutoencoder,
  options: AutoencoderObjectiveOptions = {},
): Objective {
  const {
    deviation = 1,
    spreadPenalty = 0.01,
    codeNoise = 0.1,
    pictureNoise = 0,
    orderWeight = 0.05,
    mirrored = true,
  } = options;
  const codeSize = autoencoder.decoder.inputs[0]!.shape[1]!;
  return {
    variables: trainableVariables(autoencoder),
    loss: (pictures, random) => {
      const shown = mirrored ? mirror(pictures, random) : pictures;
      const drawn = <T extends tfjs.Tensor>(spread: number, shape: number[]) =>
        random.normal(shape).mul<T>(spread);
      const seen = pictureNoise > 0
        ? shown.add<tfjs.Tensor4D>(drawn(pictureNoise, pictures.shape))
        : shown;
      const { linearCodes, codes, reconstructions } = pass(autoencoder, seen, {
        codeNoise: codeNoise > 0 ? drawn(codeNoise, [pictures.shape[0], codeSize]) : undefined,
      });
      const errorOf = (copies: tfjs.Tensor) =>
        copies.squaredDifference(shown).mean() as tfjs.Scalar;
      const error = errorOf(reconstructions);
      const { mean, variance } = tf.moments(linearCodes, 0);
      const spread = mean.square().add(variance.sub(1).square()).sum();
      let weighted: tfjs.Tensor = error;
      if (orderWeight > 0 && codeSize > 1) {
        const firstOnly = codes.mul(tf.oneHot(tf.scalar(0, "int32"), codeSize));
        const copies = autoencoder.decoder.apply(firstOnly) as tfjs.Tensor;
        weighted = error.add(errorOf(copies).mul(orderWeight));
      }
      const objective = weighted.div(deviation ** 2).add(spread.mul(spreadPenalty)) as tfjs.Scalar;
      return { objective, error };
    },
    evaluate: (pictures) =>
      tf.tidy(() => pass(autoencoder, pictures).reconstructions.squaredDifference(pictures).mean()),
  };
}
