import { type Points, squaredDistances } from "./gram.ts";

/** Whether generated faces are copies of training faces. */
export interface Authenticity {
  /**
   * Part of the generated faces that are no copies. A face counts as a copy where it is nearer to
   * its nearest training face than any other training face is to that one.
   */
  readonly authentic: number;
  /** For each generated face, the position of its nearest training face. */
  readonly nearest: readonly number[];
  /** The distance to it. */
  readonly distances: readonly number[];
}

/**
 * Nearest training faces and the share of authentic ones (Alaa et al., "How faithful is your synthetic
 * data?", arXiv 2102.08921). Faces of the same distribution that were not trained on are the measure
 * to hold it against: about half of them are authentic.
 */
export async function authenticity(training: Points, generated: Points): Promise<Authenticity> {
  const own = await squaredDistances(training, training);
  const count = training.length;
  const toNeighbour = Array.from({ length: count }, (_, row) => {
    let least = Infinity;
    for (let column = 0; column < count; column++) {
      if (column !== row) least = Math.min(least, own[row * count + column]!);
    }
    return least;
  });
  const distances = await squaredDistances(generated, training);
  const nearest = generated.map((_, row) => {
    let best = 0;
    for (let column = 1; column < count; column++) {
      if (distances[row * count + column]! < distances[row * count + best]!) best = column;
    }
    return best;
  });
  const squared = nearest.map((column, row) => distances[row * count + column]!);
  const copies = squared.filter((distance, row) => distance <= toNeighbour[nearest[row]!]!).length;
  return {
    authentic: 1 - copies / generated.length,
    nearest,
    distances: squared.map(Math.sqrt),
  };
}
