import type { Store } from "./store.ts";

/** A kept picture with its source, as a row that any tool can read. */
export interface ManifestRow {
  readonly sha256: string;
  /** Path of the bytes, relative to the catalogue's folder. */
  readonly file: string;
  readonly url: string;
  readonly host: string;
  /** Where it was listed first: engine, keyword, place from 1. */
  readonly engine: string;
  readonly keyword: string;
  readonly rank: number;
  readonly page_url: string | null;
  readonly title: string | null;
  readonly author: string | null;
  readonly licence: string | null;
  readonly licence_url: string | null;
  /** One line that names title, author, licence and source, as Creative Commons asks for. */
  readonly attribution: string;
  readonly width: number;
  readonly height: number;
  readonly format: string;
  readonly bytes: number;
  readonly perceptual_hash: string | null;
  /** Time of the download, ISO 8601. */
  readonly fetched_at: string;
}

/**
 * Every kept picture with the search that listed it first, by sha256. Of several listings the one
 * that states a licence speaks for the picture.
 */
export function manifest(store: Store): ManifestRow[] {
  return store.all<Omit<ManifestRow, "attribution">>(
    `SELECT sha256, file, url, host, engine, keyword, rank, page_url, title, author, licence,
       licence_url, width, height, format, bytes, perceptual_hash, fetched_at
     FROM (
       SELECT *, row_number() OVER (PARTITION BY picture_id
         ORDER BY licence IS NULL, round, rank, engine, keyword, filters) AS choice
       FROM origins JOIN (SELECT id AS query_id, engine, keyword, filters, round FROM queries)
         USING (query_id)
     ) JOIN pictures ON pictures.id = picture_id
     WHERE choice = 1 AND status = 'kept' ORDER BY sha256`,
  ).map(({ title, author, licence, ...row }) => {
    const { url, page_url, licence_url } = row;
    const who = author ?? "an unknown author";
    const terms = licence ? (licence_url ? `${licence} (${licence_url})` : licence) : null;
    const attribution = `"${title ?? "Untitled"}" by ${who}, ${terms ?? "licence not stated"}, ` +
      `from ${page_url ?? url}`;
    return { ...row, title, author, licence, attribution };
  });
}
