import type { Points } from "./gram.ts";

/**
 * Makes points of every embedder alike in position and scale: around the mean of the reference points,
 * which get a mean squared value of 1. All terms of the cubic kernel then count in each embedder.
 *
 * @param reference points that decide on mean and scale, mostly those of the training faces
 * @returns what does the same to any points of that embedder
 */
export function standardization(reference: Points): (points: Points) => Float32Array[] {
  const width = reference[0]?.length ?? 0;
  const mean = new Float64Array(width);
  for (const point of reference) {
    for (let value = 0; value < width; value++) mean[value]! += point[value]! / reference.length;
  }
  let squares = 0;
  for (const point of reference) {
    for (let value = 0; value < width; value++) squares += (point[value]! - mean[value]!) ** 2;
  }
  const scale = Math.sqrt(squares / (width * reference.length)) || 1;
  return (points) =>
    points.map((point) =>
      Float32Array.from({ length: width }, (_, value) => (point[value]! - mean[value]!) / scale)
    );
}
