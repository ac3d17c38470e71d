import { hammingDistance, wordsOf } from "./hamming_distance.ts";
import { firstOrigins } from "./pictures.ts";
import type { Store } from "./store.ts";

/**
 * Links every picture that repeats another one to the first in the fair order: equal bytes, or
 * perceptual hashes that differ in at most `maximumDistance` bits. Repeats become `rejected` with
 * the reason `duplicate`; a picture whose original is gone is kept again. The result depends on the
 * pictures only, not on the order in which they arrived, so it may be repeated at any time.
 *
 * @returns how many pictures are repeats
 */
export function linkDuplicates(
  store: Store,
  { maximumDistance }: { maximumDistance: number },
): number {
  return store.transaction(() => {
    const rows = store.each<{
      id: number;
      sha256: string;
      hash: string | null;
      reason: string | null;
      detail: string | null;
      duplicateOf: number | null;
    }>(
      `SELECT id, sha256, perceptual_hash AS hash, reason, detail, duplicate_of AS duplicateOf
       FROM pictures JOIN (${firstOrigins}) USING (id)
       WHERE sha256 IS NOT NULL AND (status = 'kept' OR reason = 'duplicate') ORDER BY place`,
    );
    const byBytes = new Map<string, number>();
    const looks = new NearestHashes(maximumDistance);
    let repeats = 0;
    for (const row of rows) {
      const same = byBytes.get(row.sha256);
      const alike = same === undefined && row.hash ? looks.find(row.hash) : null;
      const original = same ?? alike?.id ?? null;
      const detail = same !== undefined
        ? "same bytes"
        : alike
        ? `looks the same: ${alike.distance} bits differ`
        : null;
      if (original === null) {
        byBytes.set(row.sha256, row.id);
        if (row.hash) looks.add(row.hash, row.id);
      } else {
        repeats++;
      }
      if (row.duplicateOf === original && row.detail === detail) continue;
      store.run(
        `UPDATE pictures SET status = :status, reason = :reason, detail = :detail,
           duplicate_of = :original WHERE id = :id`,
        {
          id: row.id,
          status: original === null ? "kept" : "rejected",
          reason: original === null ? null : "duplicate",
          detail,
          original,
        },
      );
    }
    return repeats;
  });
}

/**
 * Hashes searched by Hamming distance. Two hashes that differ in at most d bits are equal in at
 * least one of d + 1 bands, so only those that share a band are compared. All lies in a few arrays
 * of numbers, because a map of text for every band would outgrow the crawl itself.
 */
class NearestHashes {
  readonly #maximumDistance: number;
  readonly #ids: number[] = [];
  readonly #words: Uint32Array[] = [];
  /** Newest place of each band and bucket, and for every place and band the one before; or -1. */
  readonly #newest: Int32Array;
  readonly #before: number[][] = [];

  constructor(maximumDistance: number) {
    this.#maximumDistance = maximumDistance;
    this.#newest = new Int32Array((maximumDistance + 1) * buckets).fill(-1);
  }

  /** The nearest stored hash within the distance; among equally near ones the first stored. */
  find(hash: string): { id: number; distance: number } | null {
    const words = wordsOf(hash);
    let nearest = { place: Infinity, distance: this.#maximumDistance + 1 };
    this.#slotsOf(hash).forEach((slot, band) => {
      for (let place = this.#newest[slot]!; place >= 0; place = this.#before[place]![band]!) {
        const distance = hammingDistance(words, this.#words[place]!);
        const closer = distance < nearest.distance ||
          (distance === nearest.distance && place < nearest.place);
        if (closer) nearest = { place, distance };
      }
    });
    const { place, distance } = nearest;
    return distance > this.#maximumDistance ? null : { id: this.#ids[place]!, distance };
  }

  add(hash: string, id: number): void {
    const place = this.#ids.push(id) - 1;
    this.#words.push(wordsOf(hash));
    this.#before.push(
      this.#slotsOf(hash).map((slot) => {
        const before = this.#newest[slot]!;
        this.#newest[slot] = place;
        return before;
      }),
    );
  }

  /** For each band the place of its bucket. Hashes of other lengths share no meaning, only slots. */
  #slotsOf(hash: string): number[] {
    const count = this.#maximumDistance + 1;
    if (count > hash.length) {
      throw new RangeError(
        `Expected maximumDistance below ${hash.length}, the digits of a hash, but found ${
          count - 1
        }`,
      );
    }
    return Array.from({ length: count }, (_, band) => {
      const end = Math.floor((band + 1) * hash.length / count);
      let bucket = 0;
      for (let digit = Math.floor(band * hash.length / count); digit < end; digit++) {
        bucket = (bucket * 31 + hash.charCodeAt(digit)) % buckets;
      }
      return band * buckets + bucket;
    });
  }
}

/** Buckets of a band: two values in one bucket cost a comparison, nothing else. */
const buckets = 1 << 14;
