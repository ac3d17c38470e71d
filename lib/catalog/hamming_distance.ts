/** A hash of hexadecimal digits as 32-bit words. */
export function wordsOf(hash: string): Uint32Array {
  return Uint32Array.from(hash.match(/.{1,8}/g) ?? [], (word) => parseInt(word, 16));
}

/** How many bits differ between two hashes of equal length. */
export function hammingDistance(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let distance = 0;
  for (let index = 0; index < left.length; index++) {
    let bits = (left[index] ?? 0) ^ (right[index] ?? 0);
    while (bits !== 0) {
      bits &= bits - 1;
      distance++;
    }
  }
  return distance;
}
