import type * as tfjs from "@tensorflow/tfjs";
import { compile, type SeededRandom, seededRandom, tf } from "../tensorflow/mod.ts";
import { Adam, type AdamOptions } from "./adam.ts";
import type { Training } from "./training.ts";

/** Real pictures, and as many codes to generate pictures from. */
export interface Deal {
  readonly real: tfjs.Tensor4D;
  readonly codes: tfjs.Tensor2D;
}

/** Two players with opposite wishes: the games of lib/models have this form. */
export interface Game {
  /** The weights that each player's turn changes. */
  readonly discriminatorVariables: ReadonlyMap<string, tfjs.Variable>;
  readonly generatorVariables: ReadonlyMap<string, tfjs.Variable>;
  /** Whatever else a step changes and a checkpoint must hold. */
  readonly otherState: ReadonlyMap<string, tfjs.Variable>;
  /** Running means and the variables whose means they are. */
  readonly averages: readonly (readonly [mean: tfjs.Variable, of: tfjs.Variable])[];
  /** What both turns of a step are played with. */
  deal(pictures: tfjs.Tensor4D, random: SeededRandom): Deal;
  /** What the discriminator minimises. */
  discriminatorLoss(deal: Deal, random: SeededRandom): tfjs.Scalar;
  /** What the generator minimises. */
  generatorLoss(deal: Deal, random: SeededRandom): tfjs.Scalar;
  /** One number on pictures that are not trained on. */
  evaluate(pictures: tfjs.Tensor4D): tfjs.Scalar;
}

/** How both players learn. */
export interface AdversarialOptions extends AdamOptions {
  /**
   * Part of a running mean that stays at each step, once there have been many; among the first ones
   * less stays, so that the first weights are soon forgotten. Default: 0.998.
   */
  readonly averageDecay?: number;
}

/**
 * Training of two players by turns, one turn each a step, each by Adam on its own loss; then the
 * running means of weights move on. All of it is compiled to one function. The error that the loop
 * reports is the discriminator's.
 */
export function adversarialTraining(
  game: Game,
  { averageDecay = 0.998, ...adam }: AdversarialOptions = {},
): Training {
  const { discriminatorVariables, generatorVariables } = game;
  const discriminatorAdam = new Adam(discriminatorVariables, adam);
  const generatorAdam = new Adam(generatorVariables, adam);
  const steps = tf.variable(tf.scalar(0), false);
  const step = compile(
    (pictures: tfjs.Tensor4D, learningRate: tfjs.Scalar, seeds: tfjs.Tensor1D) =>
      tf.tidy(() => {
        const random = seededRandom(seeds);
        const deal = game.deal(pictures, random);
        const error = discriminatorAdam.minimize(
          () => game.discriminatorLoss(deal, random),
          learningRate,
        );
        generatorAdam.minimize(() => game.generatorLoss(deal, random), learningRate);
        steps.assign(steps.add(1));
        const decay = steps.div(steps.add(10)).minimum(averageDecay);
        for (const [mean, variable] of game.averages) {
          mean.assign(variable.add(mean.sub(variable).mul(decay)));
        }
        return error;
      }),
    { name: "adversarial step", firstCallEager: false },
  );
  const memory = (player: string, { state }: Adam) =>
    [...state].map(([name, variable]) => [`${player}/${name}`, variable] as const);
  return {
    state: new Map([
      ...discriminatorVariables,
      ...generatorVariables,
      ...game.otherState,
      ...memory("discriminator", discriminatorAdam),
      ...memory("generator", generatorAdam),
      ["average/steps", steps],
    ]),
    step: step.async,
    evaluate: game.evaluate,
    dispose: () => {
      step.dispose();
      discriminatorAdam.dispose();
      generatorAdam.dispose();
      steps.dispose();
    },
  };
}
