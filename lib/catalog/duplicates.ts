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
    const rows = store.all<{
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
 * least one of d + 1 bands, so only those that share a band are compared.
 */
class NearestHashes {
  readonly #maximumDistance: number;
  readonly #bands = new Map<string, Entry[]>();
  #count = 0;

  constructor(maximumDistance: number) {
    this.#maximumDistance = maximumDistance;
  }

  /** The nearest stored hash within the distance; among equally near ones the first stored. */
  find(hash: string): { id: number; distance: number } | null {
    const words = wordsOf(hash);
    let best: { id: number; distance: number; place: number } | null = null;
    for (const band of this.#bandsOf(hash)) {
      for (const { id, place, words: others } of this.#bands.get(band) ?? []) {
        const distance = hammingDistance(words, others);
        if (distance > this.#maximumDistance) continue;
        const closer = !best || distance < best.distance ||
          (distance === best.distance && place < best.place);
        if (closer) best = { id, distance, place };
      }
    }
    return best;
  }

  add(hash: string, id: number): void {
    const entry = { id, place: this.#count++, words: wordsOf(hash) };
    for (const band of this.#bandsOf(hash)) {
      const entries = this.#bands.get(band);
      if (entries) entries.push(entry);
      else this.#bands.set(band, [entry]);
    }
  }

  *#bandsOf(hash: string): Generator<string> {
    const count = this.#maximumDistance + 1;
    if (count > hash.length) {
      throw new RangeError(
        `Expected maximumDistance below ${hash.length}, the digits of a hash, but found ${
          count - 1
        }`,
      );
    }
    for (let band = 0; band < count; band++) {
      const from = Math.floor(band * hash.length / count);
      const to = Math.floor((band + 1) * hash.length / count);
      yield `${hash.length}:${band}:${hash.slice(from, to)}`;
    }
  }
}

interface Entry {
  readonly id: number;
  readonly place: number;
  readonly words: Uint32Array;
}

const wordsOf = (hash: string) =>
  Uint32Array.from(hash.match(/.{1,8}/g) ?? [], (word) => parseInt(word, 16));

function hammingDistance(left: Uint32Array, right: Uint32Array): number {
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
