import { NearestHashes } from "./nearest_hashes.ts";
import { firstOrigins } from "./pictures.ts";
import type { Store } from "./store.ts";

/** Pictures whose bytes have arrived and that nothing but a repeat speaks against. */
const comparable = "sha256 IS NOT NULL AND (status = 'kept' OR reason = 'duplicate')";

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
    const hashes = store.get<{ capacity: number; digits: number }>(
      `SELECT count(*) AS capacity, coalesce(max(length(perceptual_hash)), 0) AS digits
       FROM pictures WHERE ${comparable}`,
    )!;
    const looks = new NearestHashes({ ...hashes, maximumDistance });
    const rows = store.each<{
      id: number;
      sha256: string;
      hash: string | null;
      detail: string | null;
      duplicateOf: number | null;
    }>(
      `SELECT id, sha256, perceptual_hash AS hash, detail, duplicate_of AS duplicateOf
       FROM pictures JOIN (${firstOrigins}) USING (id)
       WHERE ${comparable} ORDER BY place`,
    );
    const byBytes = new Map<string, number>();
    let repeats = 0;
    for (const row of rows) {
      const same = byBytes.get(row.sha256);
      const alike = same === undefined && row.hash ? looks.findOrAdd(row.hash, row.id) : null;
      const original = same ?? alike?.id ?? null;
      const detail = same !== undefined
        ? "same bytes"
        : alike
        ? `looks the same: ${alike.distance} bits differ`
        : null;
      if (original === null) byBytes.set(row.sha256, row.id);
      else repeats++;
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
