import { mean } from "./mean.ts";

/** Where codes lie, one entry for each value of a code. */
export interface CodeSpread {
  readonly mean: readonly number[];
  /** Standard deviation: near 0 where all faces have the same code and the net has collapsed. */
  readonly deviation: readonly number[];
}

/**
 * Mean and standard deviation of each value of codes. Values that fill [-1, 1] evenly have a mean of
 * 0 and a deviation of 0.58.
 */
export function codeSpread(codes: readonly (readonly number[])[]): CodeSpread {
  const size = codes[0]?.length ?? 0;
  const values = Array.from({ length: size }, (_, value) => codes.map((code) => code[value]!));
  const means = values.map(mean);
  const deviation = values.map((list, index) =>
    Math.sqrt(list.reduce((sum, value) => sum + (value - means[index]!) ** 2, 0) / list.length)
  );
  return { mean: means, deviation };
}
