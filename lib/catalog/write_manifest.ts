import { writeWhole } from "../run/mod.ts";
import type { ManifestRow } from "./manifest.ts";
import { parquetTable, type ParquetType } from "./parquet_table.ts";

/** Columns in the order of the file, with Parquet's types. */
const columns = {
  sha256: "STRING",
  file: "STRING",
  url: "STRING",
  host: "STRING",
  engine: "STRING",
  keyword: "STRING",
  rank: "INT32",
  page_url: "STRING",
  title: "STRING",
  author: "STRING",
  licence: "STRING",
  licence_url: "STRING",
  attribution: "STRING",
  width: "INT32",
  height: "INT32",
  format: "STRING",
  bytes: "INT32",
  perceptual_hash: "STRING",
  fetched_at: "STRING",
} as const satisfies Record<keyof ManifestRow, ParquetType>;

const names = Object.keys(columns) as (keyof ManifestRow)[];

/** Writes a manifest as Parquet or, where the path ends in `.csv`, as CSV (RFC 4180, UTF-8). */
export async function writeManifest(rows: readonly ManifestRow[], path: string): Promise<void> {
  await writeWhole(path, path.endsWith(".csv") ? csv(rows) : parquet(rows));
}

function parquet(rows: readonly ManifestRow[]): Uint8Array {
  return parquetTable(rows, names.map((name) => [name, columns[name]] as const));
}

function csv(rows: readonly ManifestRow[]): Uint8Array {
  const cell = (value: string | number | null) => {
    const text = String(value ?? "");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [names, ...rows.map((row) => names.map((name) => row[name]))];
  return new TextEncoder().encode(lines.map((line) => line.map(cell).join(",") + "\r\n").join(""));
}
