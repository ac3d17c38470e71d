import { mean } from "./mean.ts";

/**
 * Separated attribute predictability: how far the best value of a code is ahead of the second best
 * in telling a factor, averaged over factors (Kumar et al., arXiv 1711.00848).
 *
 * @param scores for each factor, the R^2 of each value alone; below 0 counts as 0
 */
export function sap(scores: readonly (readonly number[])[]): number {
  return mean(scores.map((row) => lead(row.map((score) => Math.max(0, score)))));
}

/**
 * Mutual information gap: how far the value that knows most of a factor is ahead of the second, as a
 * share of all there is to know of the factor, averaged over factors (Chen et al., arXiv 1802.04942).
 *
 * @param factors for each factor, one number a face
 * @param options `bins` of equal width between the smallest and the largest number. Default: 20
 */
export function mutualInformationGap(
  codes: readonly (readonly number[])[],
  factors: readonly (readonly number[])[],
  { bins = 20 }: { readonly bins?: number } = {},
): number {
  const values = codes[0]?.map((_, value) => binned(codes.map((code) => code[value]!), bins)) ?? [];
  return mean(factors.map((factor) => {
    const known = binned(factor, bins);
    const all = entropy(known);
    const shared = values.map((value) =>
      entropy(value) + all - entropy(value.map((bin, index) => bin * bins + known[index]!))
    );
    return lead(shared) / all;
  }));
}

function lead(scores: readonly number[]): number {
  const [first = 0, second = 0] = scores.toSorted((left, right) => right - left);
  return first - second;
}

function binned(values: readonly number[], bins: number): number[] {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const width = (high - low) / bins || 1;
  return values.map((value) => Math.min(bins - 1, Math.floor((value - low) / width)));
}

/** In nats. */
function entropy(symbols: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const symbol of symbols) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => {
    const share = count / symbols.length;
    return sum - share * Math.log(share);
  }, 0);
}
