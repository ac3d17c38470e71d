/** Hexadecimal digits of a hash that make one word of 32 bits. */
export const digitsOfWord = 8;

/** A hash of hexadecimal digits as 32-bit words. */
export function wordsOf(hash: string): Uint32Array {
  return Uint32Array.from(
    { length: Math.ceil(hash.length / digitsOfWord) },
    (_, index) => wordOf(hash, index),
  );
}

/** The word at this place of a hash, from 0; 0 behind its end. */
export function wordOf(hash: string, index: number): number {
  return parseInt(hash.slice(index * digitsOfWord, (index + 1) * digitsOfWord), 16) || 0;
}

/** How many bits differ between two hashes of equal length. */
export function hammingDistance(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let distance = 0;
  for (let index = 0; index < left.length; index++) {
    distance += bitCount((left[index] ?? 0) ^ (right[index] ?? 0));
  }
  return distance;
}

/** How many bits of a 32-bit word are set. */
export function bitCount(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}
