import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../../tensorflow/mod.ts";
import type { Game } from "../../train/mod.ts";
import { gameTable, type GanGameOptions } from "./game_table.ts";
import type { Gan } from "./gan.ts";
import { type GradientPenalty, gradientPenalty } from "./gradient_penalty.ts";

/** How the game is played. */
export interface PlainGameOptions extends GanGameOptions {
  /** How steep scores may be at real pictures (R1); null sets no limit. Default: null. */
  readonly penalty?: GradientPenalty | null;
}

/**
 * The game of Goodfellow et al. (arXiv 1406.2661). The discriminator says how likely it takes a
 * picture for a real one, and loses by the cross-entropy of its answers:
 * softplus(-D(real)) + softplus(D(generated)). The generator loses by softplus(-D(generated)), the
 * form that still has a slope where the discriminator is sure.
 */
export function ganGame(
  gan: Gan,
  { penalty = null, ...options }: PlainGameOptions = {},
): Game {
  const { game, shown, score } = gameTable(gan, options);
  // Both turns generate from the same codes, which the compiled step does only once.
  const generate = (codes: tfjs.Tensor2D) =>
    gan.generator.apply(codes, { training: true }) as tfjs.Tensor4D;
  return {
    ...game,
    discriminatorLoss: ({ real, codes }, random) => {
      const shownReal = shown(real, random);
      const both = tf.concat([shownReal, shown(generate(codes), random)]);
      const [realScores, generatedScores] = tf.split(score(both), 2);
      const loss = realScores!.neg().softplus().add(generatedScores!.softplus())
        .mean<tfjs.Scalar>();
      return penalty ? loss.add(gradientPenalty(score, shownReal, random, penalty)) : loss;
    },
    generatorLoss: ({ codes }, random) =>
      score(shown(generate(codes), random)).neg().softplus().mean<tfjs.Scalar>(),
    evaluate: (pictures) => tf.tidy(() => score(pictures).neg().softplus().mean<tfjs.Scalar>()),
  };
}
