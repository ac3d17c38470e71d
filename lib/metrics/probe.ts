import { randomNumbers } from "../run/mod.ts";
import { isotonicRegression } from "./isotonic.ts";
import { leastSquares } from "./least_squares.ts";
import { mean } from "./mean.ts";

/** One number known of each face, beside the values that a model gives it. */
export interface ProbeData {
  /** For each face, the values of its code. */
  readonly codes: readonly (readonly number[])[];
  /** For each face, the factor to be foretold: yaw in radians, lightness of the hair ... */
  readonly factor: readonly number[];
}

/** Of the bootstrap of a probe's score. */
export interface ProbeOptions {
  /** Default: 500. */
  readonly draws?: number;
  /** Default: 1. */
  readonly seed?: number;
}

/** How much of a factor can be read off a code. */
export interface ProbeResult {
  /** Coefficient of determination on the held-out faces: 1 is all, 0 no better than the mean. */
  readonly r2: number;
  /** 95 % interval of it when the held-out faces are drawn anew (percentile bootstrap). */
  readonly interval: readonly [number, number];
}

/**
 * Fits factor = a + b1 code1 + b2 code2 ... by least squares on the training faces and scores it on
 * the faces held out.
 */
export function linearProbe(
  training: ProbeData,
  heldOut: ProbeData,
  options: ProbeOptions = {},
): ProbeResult {
  return scored(heldOut, fitted(training, (code) => [1, ...code]), options);
}

/**
 * As {@linkcode linearProbe}, with all products of up to three values of the code: a factor may
 * follow a bent or turned line through the square.
 */
export function cubicProbe(
  training: ProbeData,
  heldOut: ProbeData,
  options: ProbeOptions = {},
): ProbeResult {
  return scored(heldOut, fitted(training, monomials), options);
}

/**
 * Fits factor = a + f1(code1) + f2(code2) ... where each f only grows or only falls, in whatever
 * steps: what can be said of a factor when only the order of each value counts.
 */
export function monotoneProbe(
  training: ProbeData,
  heldOut: ProbeData,
  options: ProbeOptions = {},
): ProbeResult {
  const { codes, factor } = training;
  const size = codes[0]?.length ?? 0;
  const level = mean(factor);
  const nothing = () => 0;
  const parts: ((value: number) => number)[] = Array.from({ length: size }, () => nothing);
  // Backfitting: each part in turn explains what the others leave over.
  for (let round = 0; round < (size > 1 ? 10 : 1); round++) {
    for (let value = 0; value < size; value++) {
      const rest = factor.map((truth, face) =>
        parts.reduce(
          (sum, part, other) => other === value ? sum : sum - part(codes[face]![other]!),
          truth - level,
        )
      );
      const along = codes.map((code) => code[value]!);
      const middle = mean(along);
      const slope = rest.reduce((sum, left, face) => sum + left * (along[face]! - middle), 0);
      parts[value] = isotonicRegression(along, rest, { falling: slope < 0 });
    }
  }
  const predict = (code: readonly number[]) =>
    parts.reduce((sum, part, value) => sum + part(code[value]!), level);
  return scored(heldOut, predict, options);
}

/** 1 - (squared error of the predictions) / (squared error of the mean of the truth). */
export function r2(truth: readonly number[], predictions: readonly number[]): number {
  const level = mean(truth);
  let error = 0;
  let spread = 0;
  truth.forEach((value, index) => {
    error += (value - predictions[index]!) ** 2;
    spread += (value - level) ** 2;
  });
  return 1 - error / spread;
}

function scored(
  { codes, factor: truth }: ProbeData,
  predict: (code: readonly number[]) => number,
  { draws = 500, seed = 1 }: ProbeOptions,
): ProbeResult {
  const predictions = codes.map(predict);
  const random = randomNumbers(seed);
  const scores = Array.from({ length: draws }, () => {
    const drawn = truth.map(() => Math.floor(random() * truth.length));
    return r2(drawn.map((index) => truth[index]!), drawn.map((index) => predictions[index]!));
  }).filter(Number.isFinite).sort((left, right) => left - right);
  const at = (part: number) => scores[Math.round(part * (scores.length - 1))] ?? NaN;
  return { r2: r2(truth, predictions), interval: [at(0.025), at(0.975)] };
}

/** All products of at most three values of a code, the empty one included. */
function monomials(code: readonly number[]): number[] {
  let products: (readonly [product: number, last: number])[] = [[1, 0]];
  const all = [1];
  for (let degree = 1; degree <= 3; degree++) {
    products = products.flatMap(([product, last]) =>
      code.slice(last).map((value, offset) => [product * value, last + offset] as const)
    );
    all.push(...products.map(([product]) => product));
  }
  return all;
}

/** The weighted sum of features of a code that is nearest to the factor. */
function fitted(
  { codes, factor }: ProbeData,
  features: (code: readonly number[]) => readonly number[],
): (code: readonly number[]) => number {
  const weights = leastSquares(codes.map(features), factor);
  return (code) => features(code).reduce((sum, value, index) => sum + weights[index]! * value, 0);
}
