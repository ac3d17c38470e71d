import calibrations from "./calibration.json" with { type: "json" };
import type { GenderModel } from "./gender_model.ts";

/**
 * Platt's map from what a network says to what that is worth: the log-odds of its output times
 * `slope`, plus `offset`, are the log-odds of a probability (Platt 1999).
 */
export interface Platt {
  readonly slope: number;
  readonly offset: number;
}

/** A network's output for a face of which it is known how it presents. */
export interface LabelledScore {
  /** The network's own P(woman), in [0, 1]. */
  readonly score: number;
  readonly isWoman: boolean;
}

/** The calibrated probability for a network's own one. */
export function platt(score: number, { slope, offset }: Platt): number {
  return logistic(slope * logOdds(score) + offset);
}

/**
 * The slope and offset of greatest likelihood. Women and men of every set weigh the same, so that
 * the result holds for as many women as men, whatever the sets' numbers. The targets are Platt's,
 * (n + 1) / (n + 2) in place of 1, so that sets without a single mistake do not ask for certainty.
 *
 * @param sets faces of one origin each, with women and men in it
 */
export function fitPlatt(sets: readonly (readonly LabelledScore[])[]): Platt {
  const samples = sets.flatMap((set) =>
    [true, false].flatMap((isWoman) => {
      const own = set.filter((sample) => sample.isWoman === isWoman);
      const sure = (own.length + 1) / (own.length + 2);
      const target = isWoman ? sure : 1 - sure;
      return own.map(({ score }) => ({ x: logOdds(score), target, weight: 1 / own.length }));
    })
  );
  let [slope, offset] = [1, 0];
  // Newton's steps; the likelihood has one summit.
  for (let step = 0; step < 100; step++) {
    let [gradientA, gradientB, aa, ab, bb] = [0, 0, 1e-12, 0, 1e-12];
    for (const { x, target, weight } of samples) {
      const p = logistic(slope * x + offset);
      const [error, curvature] = [weight * (target - p), weight * p * (1 - p)];
      gradientA += error * x;
      gradientB += error;
      aa += curvature * x * x;
      ab += curvature * x;
      bb += curvature;
    }
    const determinant = aa * bb - ab * ab;
    const change = [
      (bb * gradientA - ab * gradientB) / determinant,
      (aa * gradientB - ab * gradientA) / determinant,
    ] as const;
    // A half step where a whole one would be long: far from the summit it may lead away from it.
    const size = Math.min(1, 0.5 / Math.hypot(...change));
    slope += size * change[0];
    offset += size * change[1];
    if (Math.hypot(...change) < 1e-9) break;
  }
  return { slope, offset };
}

/** How {@linkcode calibrated} answers. */
export interface CalibrationOptions {
  /** Default: what tools/calibrate_gender.ts has found for the model of this name. */
  readonly platt?: Platt;
  /** Probabilities closer to one half than this are answered with null, "unknown". Default: 0.05. */
  readonly unknownWithin?: number;
}

/**
 * A model whose probabilities are calibrated.
 *
 * @throws Error where nothing is known of a model of this name and no numbers are given
 */
export function calibrated(model: GenderModel, options: CalibrationOptions = {}): GenderModel {
  const known: Readonly<Record<string, Platt>> = calibrations.models;
  const { platt: map = known[model.name], unknownWithin = 0.05 } = options;
  if (!map) throw new Error(`No calibration of a model named ${model.name}: give its numbers`);
  return {
    ...model,
    async judge(views) {
      return (await model.judge(views)).map((judgement) => {
        if (judgement.pWoman === null) return judgement;
        const pWoman = platt(judgement.pWoman, map);
        return { ...judgement, pWoman: Math.abs(pWoman - 0.5) < unknownWithin ? null : pWoman };
      });
    },
  };
}

/** Faces whose probability fell into one part of [0, 1]. */
export interface ReliabilityBin {
  /** Mean of the probabilities. */
  readonly probability: number;
  /** Share of women among the faces. */
  readonly women: number;
  readonly count: number;
}

/** How far probabilities can be taken at their word. */
export interface Reliability {
  /** Ten bins of equal width, those without a face left out. */
  readonly bins: readonly ReliabilityBin[];
  /** Expected calibration error: the mean over faces of a bin's |probability - women|. */
  readonly expectedError: number;
  /** Brier's score: the mean of (probability - truth)². */
  readonly brier: number;
}

/** Compares probabilities with the truth. */
export function reliability(samples: readonly LabelledScore[]): Reliability {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const byBin = Map.groupBy(samples, ({ score }) => Math.min(9, Math.floor(10 * score)));
  const bins = [...byBin].sort(([a], [b]) => a - b).map(([, own]) => ({
    probability: mean(own.map(({ score }) => score)),
    women: mean(own.map(({ isWoman }) => Number(isWoman))),
    count: own.length,
  }));
  return {
    bins,
    expectedError: bins.reduce(
      (sum, { probability, women, count }) =>
        sum + count / samples.length * Math.abs(probability - women),
      0,
    ),
    brier: mean(samples.map(({ score, isWoman }) => (score - Number(isWoman)) ** 2)),
  };
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** Cut at a millionth, where 32 bits end. */
function logOdds(probability: number): number {
  const inside = Math.min(1 - 1e-6, Math.max(1e-6, probability));
  return Math.log(inside / (1 - inside));
}
