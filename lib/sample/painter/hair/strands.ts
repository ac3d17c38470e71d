import { hash } from "../random.ts";

/** Strands that are told apart across one lock. */
export const strandsAcross = 12;

const locks = 256;
const ends = new Float32Array(locks * strandsAcross);
for (let lock = 0; lock < locks; lock++) {
  for (let strand = 0; strand < strandsAcross; strand++) {
    // Outer strands end sooner and some leave early, so that a lock frays instead of being cut.
    const outward = Math.abs((strand + 0.5) / strandsAcross * 2 - 1);
    const chance = hash(lock * 31 + 7, strand);
    ends[lock * strandsAcross + strand] = 1.02 - outward ** 2 * 0.24 - chance ** 2 * 0.24;
  }
}

/** How far along a lock a strand reaches: above about 1 it is complete. */
export function strandEnd(lock: number, place: number): number {
  const strand = place < 0 ? 0 : place >= strandsAcross ? strandsAcross - 1 : place | 0;
  return ends[(lock & (locks - 1)) * strandsAcross + strand]!;
}
