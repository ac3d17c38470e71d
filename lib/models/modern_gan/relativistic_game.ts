import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../../tensorflow/mod.ts";
import type { Game } from "../../train/mod.ts";
import { gameTable, type GanGameOptions } from "../gan/game_table.ts";
import type { Gan } from "../gan/gan.ts";
import { type GradientPenalty, gradientPenalty } from "../gan/gradient_penalty.ts";

/** How the game is played. */
export interface RelativisticGameOptions extends GanGameOptions {
  /** Whether a generated picture is judged against a real one, and not alone. Default: true. */
  readonly relativistic?: boolean;
  /** How steep scores may be; null sets no limit. Default: exact, weight 1. */
  readonly penalty?: GradientPenalty | null;
}

/**
 * The game of R3GAN (Huang et al., arXiv 2501.05441). Pictures come in pairs, one real and one
 * generated, and only the difference of their scores counts: the discriminator loses by
 * softplus(D(generated) - D(real)), the generator by softplus(D(real) - D(generated)). A generator
 * that draws only one kind of face is still worse than the real faces of other kinds, so that there
 * is no rest in a collapsed state. R1 and R2, the penalties on the slope of the scores at real and at
 * generated pictures, make the game converge.
 */
export function relativisticGame(
  gan: Gan,
  { relativistic = true, penalty = { kind: "exact" }, ...options }: RelativisticGameOptions = {},
): Game {
  const { game, shown, score } = gameTable(gan, options);
  // Both turns generate from the same codes, which the compiled step does only once.
  const generate = (codes: tfjs.Tensor2D) => gan.generator.apply(codes) as tfjs.Tensor4D;
  const scoreBoth = (real: tfjs.Tensor4D, generated: tfjs.Tensor4D) =>
    tf.split(score(tf.concat([real, generated])), 2) as [tfjs.Tensor2D, tfjs.Tensor2D];
  return {
    ...game,
    discriminatorLoss: (deal, random) => {
      const real = shown(deal.real, random);
      const generated = shown(generate(deal.codes), random);
      const [realScores, generatedScores] = scoreBoth(real, generated);
      const losses = relativistic
        ? generatedScores.sub(realScores).softplus()
        : realScores.neg().softplus().add(generatedScores.softplus());
      const loss = losses.mean<tfjs.Scalar>();
      if (!penalty) return loss;
      const slopes = [real, generated].map((pictures) =>
        gradientPenalty(score, pictures, random, penalty)
      );
      return tf.addN([loss, ...slopes]);
    },
    generatorLoss: (deal, random) => {
      const generated = shown(generate(deal.codes), random);
      if (!relativistic) return score(generated).neg().softplus().mean<tfjs.Scalar>();
      const [realScores, generatedScores] = scoreBoth(shown(deal.real, random), generated);
      return realScores.sub(generatedScores).softplus().mean<tfjs.Scalar>();
    },
    evaluate: (pictures) => tf.tidy(() => score(pictures).neg().mean<tfjs.Scalar>()),
  };
}
