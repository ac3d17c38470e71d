import assert from "node:assert/strict";
import type { Tensor } from "@tensorflow/tfjs-core";

/** How near values must be. */
export interface Nearness {
  /** By how much a value may be off, as a share of the largest value that is wanted. */
  readonly share: number;
  /** What counts as the largest value where all are smaller. Default: 0.001. */
  readonly least?: number;
  /** Name of the values in an error's message. */
  readonly what: string;
}

/** Asserts that a tensor's values are nearly those that are wanted. */
export function assertNear(
  actual: Tensor,
  wanted: ArrayLike<number>,
  { share, least = 1e-3, what }: Nearness,
): void {
  const largest = Array.from(wanted).reduce(
    (most, value) => Math.max(most, Math.abs(value)),
    least,
  );
  actual.dataSync().forEach((value, place) => {
    const off = Math.abs(value - wanted[place]!);
    assert.ok(off < share * largest, `${what}: value ${place} is off by ${off} of ${largest}`);
  });
}
