import type { ParquetType } from "../../catalog/mod.ts";

/** One face of an exported set: a line of `faces.jsonl` and a row of `faces.parquet`. */
export interface FaceSetRow {
  /** Path of the crop, relative to the set's folder. */
  readonly file: string;
  readonly split: "training" | "held-out";
  /** Faces of one identity have one number; nobody is on both sides of the split. */
  readonly identity: number;
  /** The picture that the crop was cut from, and which of its faces, from the left, this is. */
  readonly picture_sha256: string;
  readonly position: number;
  readonly url: string | null;
  readonly page_url: string | null;
  /** The search that listed the picture. */
  readonly engine: string | null;
  readonly keyword: string | null;
  readonly rank: number | null;
  readonly title: string | null;
  readonly author: string | null;
  readonly licence: string | null;
  readonly licence_url: string | null;
  readonly attribution: string | null;
  /** Radians. */
  readonly yaw: number | null;
  readonly pitch: number | null;
  readonly roll: number | null;
  /** The detector's certainty, 0 to 1. */
  readonly confidence: number | null;
  /** JSON [a, b, c, d, e, f]: source (x, y) -> crop (a x + c y + e, b x + d y + f). */
  readonly transform: string | null;
  /** JSON: named points [x, y] of the face in source pixels. */
  readonly landmarks: string;
  /** Measures of quality by name: size, sharpness ... */
  readonly [quality: `quality_${string}`]: number | null;
  /** Calibrated probability by the model's name; null: unknown. */
  readonly [pWoman: `p_woman_${string}`]: number | null;
  /** Apparent age in years by the name of the model, where it gives one. */
  readonly [age: `age_${string}`]: number | null;
}

/** Parquet's type of a column. */
export function columnType(name: string): ParquetType {
  if (["identity", "position", "rank"].includes(name)) return "INT32";
  const isNumber = /^(quality|p_woman|age)_/.test(name) ||
    ["yaw", "pitch", "roll", "confidence"].includes(name);
  return isNumber ? "DOUBLE" : "STRING";
}
