import { type Points, squaredDistances } from "./gram.ts";

/** How generated faces lie among real ones. */
export interface Neighbourhoods {
  /** Part of the generated faces that lie within the neighbourhood of a real one: are they good? */
  readonly precision: number;
  /** Part of the real faces that lie within the neighbourhood of a generated one: is all covered? */
  readonly recall: number;
  /** In how many real neighbourhoods a generated face lies, in units of k: 1 for equal distributions. */
  readonly density: number;
  /** Part of the real neighbourhoods that hold a generated face. */
  readonly coverage: number;
}

/**
 * Precision and recall (Kynkaanniemi et al., arXiv 1904.06991), density and coverage (Naeem et al.,
 * arXiv 2002.09797). The neighbourhood of a face reaches as far as its k-th neighbour in its own set.
 * Recall and coverage grow with the number of generated faces: compare equal numbers only.
 *
 * @throws RangeError where a set has no more than k points
 */
export async function neighbourhoods(
  real: Points,
  generated: Points,
  { k = 5 }: { readonly k?: number } = {},
): Promise<Neighbourhoods> {
  const realReach = reaches(await squaredDistances(real, real), real.length, k);
  const generatedReach = reaches(
    await squaredDistances(generated, generated),
    generated.length,
    k,
  );
  const distances = await squaredDistances(real, generated);
  const covered = new Uint8Array(real.length);
  const recalled = new Uint8Array(real.length);
  const hits = new Uint32Array(generated.length);
  for (let row = 0; row < real.length; row++) {
    for (let column = 0; column < generated.length; column++) {
      const distance = distances[row * generated.length + column]!;
      if (distance <= realReach[row]!) {
        covered[row] = 1;
        hits[column]!++;
      }
      if (distance <= generatedReach[column]!) recalled[row] = 1;
    }
  }
  const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
  return {
    precision: hits.filter((count) => count > 0).length / generated.length,
    recall: sum(recalled) / real.length,
    density: sum(hits) / (k * generated.length),
    coverage: sum(covered) / real.length,
  };
}

/** Squared distance of each point to its k-th neighbour, itself not counted. */
function reaches(distances: Float32Array, count: number, k: number): Float32Array {
  if (count <= k) throw new RangeError(`Expected more than ${k} points but found ${count}`);
  return Float32Array.from({ length: count }, (_, row) => {
    const own = distances.slice(row * count, (row + 1) * count);
    own[row] = -1;
    return own.sort()[k]!;
  });
}
