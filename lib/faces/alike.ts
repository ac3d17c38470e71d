/**
 * Groups vectors that are alike: two that have a cosine similarity of at least `similarity` are in
 * one group, and so are those that a chain of such pairs connects.
 *
 * @param embeddings vectors of one length; null is alike to nothing
 * @returns for each vector the position of the first one of its group
 */
export function alikeGroups(
  embeddings: readonly (Float32Array | null)[],
  similarity: number,
): number[] {
  const unit = unitVectors(embeddings);
  const parent = unit.map((_, index) => index);
  const root = (index: number): number => {
    while (parent[index] !== index) index = parent[index] = parent[parent[index]!]!;
    return index;
  };
  for (let second = 0; second < unit.length; second++) {
    for (let first = 0; first < second; first++) {
      const [a, b] = [root(first), root(second)];
      if (a !== b && areAlike(unit[first], unit[second], similarity)) {
        parent[Math.max(a, b)] = Math.min(a, b);
      }
    }
  }
  return unit.map((_, index) => root(index));
}

/**
 * Walks through vectors and keeps those that are not alike to one that was kept before.
 *
 * @returns for each vector the position of the kept one that it repeats, or null where it is kept
 */
export function repeats(
  embeddings: readonly (Float32Array | null)[],
  similarity: number,
): (number | null)[] {
  const unit = unitVectors(embeddings);
  const kept: number[] = [];
  return unit.map((vector, index) => {
    const original = kept.find((other) => areAlike(unit[other], vector, similarity));
    if (original === undefined) kept.push(index);
    return original ?? null;
  });
}

/** Cosine distance, 0 to 2, of each vector from the mean direction of all; null for null. */
export function distancesFromMean(embeddings: readonly (Float32Array | null)[]): (number | null)[] {
  const unit = unitVectors(embeddings);
  const some = unit.find((vector) => vector !== null);
  if (!some) return unit.map(() => null);
  const sum = new Float32Array(some.length);
  for (const vector of unit) vector?.forEach((value, at) => sum[at]! += value);
  const mean = unitVector(sum);
  return unit.map((vector) => vector && 1 - dotProduct(vector, mean));
}

/** Two vectors by their positions, and their cosine similarity. */
export interface Pair {
  readonly first: number;
  readonly second: number;
  readonly similarity: number;
}

/** The pairs of vectors that are most alike, the closest first. */
export function mostAlike(embeddings: readonly (Float32Array | null)[], count: number): Pair[] {
  const unit = unitVectors(embeddings);
  const pairs: Pair[] = [];
  for (let second = 0; second < unit.length; second++) {
    for (let first = 0; first < second; first++) {
      const least = pairs.length < count ? -1 : pairs.at(-1)!.similarity;
      if (!areAlike(unit[first], unit[second], least)) continue;
      pairs.push({ first, second, similarity: dotProduct(unit[first]!, unit[second]!) });
      pairs.sort((a, b) => b.similarity - a.similarity || a.second - b.second);
      if (pairs.length > count) pairs.pop();
    }
  }
  return pairs;
}

function unitVectors(embeddings: readonly (Float32Array | null)[]): (Float32Array | null)[] {
  return embeddings.map((embedding) => embedding && unitVector(embedding));
}

function unitVector(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares) || 1;
  return vector.map((value) => value / length);
}

function dotProduct(first: Float32Array, second: Float32Array): number {
  return first.reduce((sum, value, at) => sum + value * second[at]!, 0);
}

/** Most pairs are told apart by the first part of their numbers: |a - b|² = 2 - 2 cos only grows. */
function areAlike(
  first: Float32Array | null | undefined,
  second: Float32Array | null | undefined,
  similarity: number,
): boolean {
  if (!first || !second) return false;
  const most = 2 - 2 * similarity;
  let distance = 0;
  for (let start = 0; start < first.length; start += 64) {
    const end = Math.min(first.length, start + 64);
    for (let at = start; at < end; at++) distance += (first[at]! - second[at]!) ** 2;
    if (distance > most) return false;
  }
  return true;
}
