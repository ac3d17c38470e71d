import { createHash } from "node:crypto";
import type { Store } from "./store.ts";

/** One query a table; ids are replaced by what they stand for, times are left out. */
const tables: Readonly<Record<string, string>> = {
  queries: `SELECT engine, keyword, filters, limit_count, round, next_page, status, reason,
      detail
    FROM queries`,
  pictures: `SELECT pictures.url, pictures.host, pictures.status, pictures.reason, pictures.detail,
      pictures.sha256, pictures.file, pictures.bytes, pictures.width, pictures.height,
      pictures.format, pictures.perceptual_hash, original.url AS duplicate_of
    FROM pictures LEFT JOIN pictures AS original ON original.id = pictures.duplicate_of`,
  origins: `SELECT url, engine, keyword, filters, rank, page_url, thumbnail_url, title, author,
      licence, licence_url, stated_width, stated_height
    FROM origins JOIN queries ON queries.id = query_id JOIN pictures ON pictures.id = picture_id`,
  tombstones: "SELECT kind, value FROM tombstones",
  normalizations: `SELECT url, settings, normalizations.status, normalizations.reason,
      normalizations.detail
    FROM normalizations JOIN pictures ON pictures.id = picture_id`,
  faces: `SELECT url, settings, position, x, y, faces.width, faces.height, landmarks, yaw, pitch,
      roll, confidence, quality, transform, crop, faces.reason
    FROM faces JOIN pictures ON pictures.id = picture_id`,
  judgements: `SELECT url, settings, position, model, p_woman, age, embedding
    FROM judgements JOIN faces ON faces.id = face_id JOIN pictures ON pictures.id = picture_id`,
  selections: `SELECT url, faces.settings AS normalization, position, selections.settings, kept,
      selections.reason
    FROM selections JOIN faces ON faces.id = face_id JOIN pictures ON pictures.id = picture_id`,
};

/**
 * The whole content as text, one sorted line a row, without ids, times and absolute paths: two
 * catalogues with the same content have the same text, whatever happened on the way.
 */
export function snapshot(store: Store): string {
  const lines: string[] = [];
  for (const [table, sql] of Object.entries(tables)) {
    const rows = store.all<Record<string, unknown>>(sql).map((row) => {
      const { embedding } = row;
      if (embedding instanceof Uint8Array) {
        row.embedding = createHash("sha256").update(embedding).digest("hex");
      }
      return JSON.stringify(row);
    });
    lines.push(`# ${table} ${rows.length}`, ...rows.sort());
  }
  return lines.join("\n") + "\n";
}
