import { randomNumbers } from "../run/mod.ts";

/** One number known of each face, beside the values that a model gives it. */
export interface ProbeData {
  /** For each face, the values of its code. */
  readonly codes: readonly (readonly number[])[];
  /** For each face, the factor to be foretold: yaw in radians, lightness of the hair ... */
  readonly factor: readonly number[];
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
 *
 * @param options `draws` of the bootstrap (default 500) and its `seed` (default 1)
 */
export function linearProbe(
  training: ProbeData,
  heldOut: ProbeData,
  options: { readonly draws?: number; readonly seed?: number } = {},
): ProbeResult {
  const weights = leastSquares(training.codes.map((code) => [1, ...code]), training.factor);
  const predictions = heldOut.codes.map((code) =>
    code.reduce((sum, value, index) => sum + weights[index + 1]! * value, weights[0]!)
  );
  return scored(heldOut.factor, predictions, options);
}

/** 1 - (squared error of the predictions) / (squared error of the mean of the truth). */
export function r2(truth: readonly number[], predictions: readonly number[]): number {
  const mean = truth.reduce((sum, value) => sum + value, 0) / truth.length;
  let error = 0;
  let spread = 0;
  truth.forEach((value, index) => {
    error += (value - predictions[index]!) ** 2;
    spread += (value - mean) ** 2;
  });
  return 1 - error / spread;
}

function scored(
  truth: readonly number[],
  predictions: readonly number[],
  { draws = 500, seed = 1 }: { readonly draws?: number; readonly seed?: number },
): ProbeResult {
  const random = randomNumbers(seed);
  const scores = Array.from({ length: draws }, () => {
    const drawn = truth.map(() => Math.floor(random() * truth.length));
    return r2(drawn.map((index) => truth[index]!), drawn.map((index) => predictions[index]!));
  }).filter(Number.isFinite).sort((left, right) => left - right);
  const at = (part: number) => scores[Math.round(part * (scores.length - 1))] ?? NaN;
  return { r2: r2(truth, predictions), interval: [at(0.025), at(0.975)] };
}

/** Weights w that minimise |rows w - targets|^2, by the normal equations with a whiff of ridge. */
export function leastSquares(rows: readonly (readonly number[])[], targets: readonly number[]): number[] {
  const size = rows[0]?.length ?? 0;
  const system = Array.from({ length: size }, (_, i) => [
    ...Array.from(
      { length: size },
      (_, j) =>
        rows.reduce((sum, row) => sum + row[i]! * row[j]!, i === j ? 1e-9 * rows.length : 0),
    ),
    rows.reduce((sum, row, index) => sum + row[i]! * targets[index]!, 0),
  ]);
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(system[row]![column]!) > Math.abs(system[pivot]![column]!)) pivot = row;
    }
    [system[column], system[pivot]] = [system[pivot]!, system[column]!];
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = system[row]![column]! / system[column]![column]!;
      for (let k = column; k <= size; k++) system[row]![k]! -= factor * system[column]![k]!;
    }
  }
  return system.map((row, index) => row[size]! / row[index]!);
}
