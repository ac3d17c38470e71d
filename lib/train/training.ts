import type * as tfjs from "@tensorflow/tfjs";
import { compile, type SeededRandom, seededRandom, tf } from "../tensorflow/mod.ts";
import { Adam, type AdamOptions } from "./adam.ts";

/** What the loop drives: one step, one look at other pictures, and everything that must be kept. */
export interface Training {
  /** Every variable that a step changes, by name: weights and the optimizer's memory. */
  readonly state: ReadonlyMap<string, tfjs.Variable>;
  /**
   * One step on a batch of pictures [count, size, size, 3]: changes the state and gives the error.
   *
   * @param seeds all that is random in the step follows from them; `randomSeeds` makes them
   */
  step(
    pictures: tfjs.Tensor4D,
    learningRate: tfjs.Scalar,
    seeds: tfjs.Tensor1D,
  ): Promise<tfjs.Scalar>;
  /** The error on pictures that are not trained on. */
  evaluate(pictures: tfjs.Tensor4D): tfjs.Scalar;
  /** Frees what the training has made, not the net. */
  dispose(): void;
}

/** What is minimised: the objectives of lib/models have this form. */
export interface Objective {
  readonly variables: ReadonlyMap<string, tfjs.Variable>;
  /** Whatever else a step changes and a checkpoint must hold. Default: nothing. */
  readonly otherState?: ReadonlyMap<string, tfjs.Variable>;
  /** What is minimised, and the mean error over pixels in [0, 1], which is reported. */
  loss(pictures: tfjs.Tensor4D, random: SeededRandom): {
    readonly objective: tfjs.Scalar;
    readonly error: tfjs.Scalar;
  };
  /** The error without noise, of pictures that may be unknown to the net. */
  evaluate(pictures: tfjs.Tensor4D): tfjs.Scalar;
}

/**
 * Training by Adam on the gradients of one objective, each step compiled to one function and run
 * beside the notebook's own thread where the engine can do so.
 */
export function gradientTraining(objective: Objective, options: AdamOptions = {}): Training {
  const { variables, otherState = new Map() } = objective;
  const adam = new Adam(variables, options);
  const step = compile(
    (pictures: tfjs.Tensor4D, learningRate: tfjs.Scalar, seeds: tfjs.Tensor1D) =>
      tf.tidy(() => {
        const random = seededRandom(seeds);
        let error: tfjs.Scalar | undefined;
        adam.minimize(() => {
          const loss = objective.loss(pictures, random);
          error = tf.keep(loss.error);
          return loss.objective;
        }, learningRate);
        return error!;
      }),
    { name: "training step", firstCallEager: false },
  );
  return {
    state: new Map([...variables, ...otherState, ...adam.state]),
    step: step.async,
    evaluate: objective.evaluate,
    dispose: () => {
      step.dispose();
      adam.dispose();
    },
  };
}
