import { randomNumbers } from "../../run/mod.ts";
import { normalNumbers } from "../generate.ts";
import { type NormalDistribution, normalDistribution } from "./normal_distribution.ts";

/** How a mixture is fitted. */
export interface GaussianMixtureOptions {
  /** Number of normal distributions. Default: 4. */
  readonly components?: number;
  /** Rounds of expectation and maximisation. Default: 30. */
  readonly rounds?: number;
  /**
   * Part of each covariance that is taken from all points together, so that a component with fewer
   * points than dimensions still has one. Default: 0.3.
   */
  readonly shared?: number;
  /** Seed of the first centres. Default: 1. */
  readonly seed?: number;
}

/** A sum of normal distributions. */
export interface GaussianMixture {
  /** Part of each component. */
  readonly weights: readonly number[];
  readonly means: readonly (readonly number[])[];
  /** Mean logarithm of the density, in nats, of points. */
  logDensity(points: readonly (readonly number[])[]): number;
  /** Points drawn from it. */
  sample(count: number, seed: number): number[][];
}

/**
 * A mixture of normal distributions fitted to points by expectation-maximisation (Dempster, Laird and
 * Rubin, 1977).
 *
 * @throws RangeError where there are fewer points than components
 */
export function gaussianMixture(
  points: readonly (readonly number[])[],
  { components = 4, rounds = 30, shared = 0.3, seed = 1 }: GaussianMixtureOptions = {},
): GaussianMixture {
  if (points.length < components) {
    throw new RangeError(`Expected at least ${components} points but found ${points.length}`);
  }
  const all = normalDistribution(points);
  const random = randomNumbers(seed);
  let parts: Component[] = Array.from({ length: components }, () => ({
    ...all,
    weight: 1 / components,
    mean: points[Math.floor(random() * points.length)]!,
  }));
  for (let round = 0; round < rounds; round++) {
    const rows = points.map((point) => responsibilities(parts, point).shares);
    parts = parts.map((_, index) => {
      const shares = rows.map((row) => row[index]!);
      return {
        ...normalDistribution(points, {
          shares,
          blend: { covariance: all.covariance, part: shared },
        }),
        weight: shares.reduce((sum, share) => sum + share, 0) / points.length,
      };
    });
  }
  return {
    weights: parts.map(({ weight }) => weight),
    means: parts.map(({ mean }) => mean),
    logDensity: (others) =>
      others.reduce((sum, point) => sum + responsibilities(parts, point).logDensity, 0) /
      others.length,
    sample: (count, sampleSeed) => {
      const uniform = randomNumbers(sampleSeed);
      const normal = normalNumbers(sampleSeed + 1);
      return Array.from({ length: count }, () => draw(parts, uniform(), normal));
    },
  };
}

interface Component extends NormalDistribution {
  readonly weight: number;
}

/** The part of each component in a point, and the logarithm of the point's density. */
function responsibilities(
  parts: readonly Component[],
  point: readonly number[],
): { shares: number[]; logDensity: number } {
  const logs = parts.map(({ weight, mean, root }) => {
    // Solves root y = point - mean, whose squared length is Mahalanobis' distance.
    const solved = new Float64Array(point.length);
    let log = Math.log(weight) - point.length * Math.log(2 * Math.PI) / 2;
    for (let i = 0; i < point.length; i++) {
      let value = point[i]! - mean[i]!;
      for (let k = 0; k < i; k++) value -= root[i]![k]! * solved[k]!;
      solved[i] = value / root[i]![i]!;
      log -= solved[i]! ** 2 / 2 + Math.log(root[i]![i]!);
    }
    return log;
  });
  const largest = Math.max(...logs);
  const sum = logs.reduce((total, log) => total + Math.exp(log - largest), 0);
  return {
    shares: logs.map((log) => Math.exp(log - largest) / sum),
    logDensity: largest + Math.log(sum),
  };
}

function draw(parts: readonly Component[], uniform: number, normal: () => number): number[] {
  let rest = uniform;
  const chosen = parts.find(({ weight }) => (rest -= weight) <= 0) ?? parts.at(-1)!;
  const noise = chosen.mean.map(() => normal());
  return chosen.mean.map((mean, i) =>
    mean + chosen.root[i]!.slice(0, i + 1).reduce((sum, value, k) => sum + value * noise[k]!, 0)
  );
}
