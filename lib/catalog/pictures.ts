import type { Store } from "./store.ts";

/**
 * What has become of a picture: `found` is still to be fetched, `kept` goes on, `rejected` does not
 * (for good), `failed` did not arrive for a reason that may pass.
 */
export type PictureStatus = "found" | "kept" | "rejected" | "failed";

/** A stored picture. */
export interface PictureRow {
  readonly id: number;
  readonly url: string;
  readonly host: string;
  readonly status: PictureStatus;
  /** One or two words, the same for all pictures of that fate: `too-small`, `duplicate`. */
  readonly reason: string | null;
  /** The particulars: `180 x 240 pixels, at least 300 x 300 asked`. */
  readonly detail: string | null;
  readonly sha256: string | null;
  /** Path of the bytes, relative to the catalogue's folder. */
  readonly file: string | null;
  readonly bytes: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly format: string | null;
  /** Hexadecimal; pictures that look alike differ in few bits. */
  readonly perceptualHash: string | null;
  /** Id of the picture that this one repeats. */
  readonly duplicateOf: number | null;
}

/** The outcome of fetching a picture. */
export type PictureOutcome =
  & { readonly status: PictureStatus }
  & Partial<Omit<PictureRow, "id" | "url" | "host" | "status" | "duplicateOf">>;

/** Where a search listed a picture. */
export interface OriginRow {
  readonly pictureId: number;
  readonly engine: string;
  readonly keyword: string;
  readonly filters: string;
  /** Place in the results of that search, from 1. */
  readonly rank: number;
  readonly pageUrl: string | null;
  readonly thumbnailUrl: string | null;
  readonly title: string | null;
  readonly author: string | null;
  readonly licence: string | null;
  readonly licenceUrl: string | null;
}

export const pictureColumns = `pictures.id, url, host, pictures.status, pictures.reason,
  pictures.detail, sha256, file, bytes, pictures.width, pictures.height, format,
  perceptual_hash AS perceptualHash, duplicate_of AS duplicateOf`;

/** Pictures by sha256 (those without bytes last), then URL. */
export function pictures(
  store: Store,
  { status, reason }: { status?: PictureStatus; reason?: string } = {},
): PictureRow[] {
  return store.all(
    `SELECT ${pictureColumns} FROM pictures
     WHERE (:status IS NULL OR status = :status) AND (:reason IS NULL OR reason = :reason)
     ORDER BY sha256 IS NULL, sha256, url`,
    { status: status ?? null, reason: reason ?? null },
  );
}

/** How many pictures have each status. */
export function pictureCounts(store: Store): Record<PictureStatus, number> {
  const counts = { found: 0, kept: 0, rejected: 0, failed: 0 };
  for (
    const { status, count } of store.all<{ status: PictureStatus; count: number }>(
      "SELECT status, count(*) AS count FROM pictures GROUP BY status",
    )
  ) counts[status] = count;
  return counts;
}

/**
 * Pictures with one of these statuses in the order in which they should be fetched: rank 1 of every
 * query, then rank 2 of every query, so that no engine or keyword waits for another.
 */
export function picturesInFairOrder(
  store: Store,
  statuses: readonly PictureStatus[],
): PictureRow[] {
  return store.all(
    `SELECT ${pictureColumns} FROM pictures
     JOIN (${firstOrigins}) USING (id)
     WHERE status IN (SELECT value FROM json_each(:statuses)) ORDER BY place`,
    { statuses: JSON.stringify(statuses) },
  );
}

/** Every picture's place in the fair order; it depends on the results only, not on arrival. */
export const firstOrigins = `
  SELECT picture_id AS id, min(format('%08d %08d %s %s %s', round, rank, engine, keyword, filters))
    AS place
  FROM origins JOIN queries ON queries.id = query_id GROUP BY picture_id`;

/** Records what fetching a picture came to; values that are not given become null. */
export function recordPicture(store: Store, pictureId: number, outcome: PictureOutcome): void {
  store.run(
    `UPDATE pictures SET status = :status, reason = :reason, detail = :detail, sha256 = :sha256,
       file = :file, bytes = :bytes, width = :width, height = :height, format = :format,
       perceptual_hash = :perceptualHash, duplicate_of = NULL, fetched_at = :now
     WHERE id = :pictureId`,
    {
      pictureId,
      status: outcome.status,
      reason: outcome.reason ?? null,
      detail: outcome.detail ?? null,
      sha256: outcome.sha256 ?? null,
      file: outcome.file ?? null,
      bytes: outcome.bytes ?? null,
      width: outcome.width ?? null,
      height: outcome.height ?? null,
      format: outcome.format ?? null,
      perceptualHash: outcome.perceptualHash ?? null,
      now: new Date().toISOString(),
    },
  );
}

/** Where a picture was listed, by engine, keyword and rank. All pictures when no id is given. */
export function origins(store: Store, pictureId?: number): OriginRow[] {
  return store.all(
    `SELECT picture_id AS pictureId, engine, keyword, filters, rank, page_url AS pageUrl,
       thumbnail_url AS thumbnailUrl, title, author, licence, licence_url AS licenceUrl
     FROM origins JOIN queries ON queries.id = query_id
     WHERE :pictureId IS NULL OR picture_id = :pictureId
     ORDER BY engine, keyword, filters, rank`,
    { pictureId: pictureId ?? null },
  );
}
