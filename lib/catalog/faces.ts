import type { Store } from "./store.ts";
import { pictureColumns, type PictureRow } from "./pictures.ts";

/** A point [x, y] in pixels of the source picture. */
export type Point = readonly [number, number];

/** A box [x, y, width, height] in pixels of the source picture. */
export type Box = readonly [number, number, number, number];

/** A face as normalization has found it. */
export interface NewFace {
  readonly box: Box;
  /** Named points in source pixels; `leftEye` is the one at the left side of the picture. */
  readonly landmarks: Readonly<Record<string, Point>>;
  /** Angles in radians. */
  readonly yaw?: number | null;
  readonly pitch?: number | null;
  readonly roll?: number | null;
  /** The detector's own certainty, 0 to 1. */
  readonly confidence?: number | null;
  /** Named measures of quality: sharpness, brightness ... */
  readonly quality?: Readonly<Record<string, number>>;
  /** [a, b, c, d, e, f]: source (x, y) -> crop (a x + c y + e, b x + d y + f). */
  readonly transform?: readonly number[] | null;
  /** Path of the crop, relative to the catalogue's folder; null when none was written. */
  readonly crop?: string | null;
  /** Why the face is not usable, or null when it is. */
  readonly reason?: string | null;
}

/** A stored face. */
export interface FaceRow {
  readonly id: number;
  readonly pictureId: number;
  readonly pictureSha256: string;
  /** Path of the picture's bytes, relative to the catalogue's folder. */
  readonly pictureFile: string;
  readonly settings: string;
  /** Place among the faces of its picture, from 0. */
  readonly position: number;
  readonly box: Box;
  readonly landmarks: Readonly<Record<string, Point>>;
  readonly yaw: number | null;
  readonly pitch: number | null;
  readonly roll: number | null;
  readonly confidence: number | null;
  readonly quality: Readonly<Record<string, number>>;
  readonly transform: readonly number[] | null;
  readonly crop: string | null;
  readonly reason: string | null;
}

/** What normalization came to for one picture. */
export interface Normalization {
  readonly status: "done" | "rejected";
  readonly reason?: string | null;
  readonly detail?: string | null;
  /** The faces found, usable or not, in an order that depends on the picture only. */
  readonly faces: readonly NewFace[];
}

/** Stored result of normalization for one picture. */
export interface NormalizationRow {
  readonly pictureId: number;
  readonly pictureSha256: string;
  readonly settings: string;
  readonly status: "done" | "rejected";
  readonly reason: string | null;
  readonly detail: string | null;
}

/** Kept pictures that normalization with these settings has not seen yet, by sha256. */
export function pendingForNormalization(store: Store, settings: string): PictureRow[] {
  return store.all(
    `SELECT ${pictureColumns} FROM pictures
     WHERE status = 'kept' AND NOT EXISTS (
       SELECT 1 FROM normalizations WHERE picture_id = pictures.id AND settings = :settings)
     ORDER BY sha256`,
    { settings },
  );
}

/** Stores all that normalization says of a picture, in one transaction; it replaces what was there. */
export function saveNormalization(
  store: Store,
  pictureId: number,
  settings: string,
  { status, reason = null, detail = null, faces }: Normalization,
): void {
  store.transaction(() => {
    const key = { pictureId, settings };
    store.run("DELETE FROM faces WHERE picture_id = :pictureId AND settings = :settings", key);
    store.run(
      `INSERT OR REPLACE INTO normalizations (picture_id, settings, status, reason, detail)
       VALUES (:pictureId, :settings, :status, :reason, :detail)`,
      { ...key, status, reason, detail },
    );
    faces.forEach((face, position) => {
      const [x, y, width, height] = face.box;
      store.run(
        `INSERT INTO faces (picture_id, settings, position, x, y, width, height, landmarks, yaw,
           pitch, roll, confidence, quality, transform, crop, reason)
         VALUES (:pictureId, :settings, :position, :x, :y, :width, :height, :landmarks, :yaw,
           :pitch, :roll, :confidence, :quality, :transform, :crop, :reason)`,
        {
          ...key,
          position,
          x,
          y,
          width,
          height,
          landmarks: JSON.stringify(face.landmarks),
          yaw: face.yaw ?? null,
          pitch: face.pitch ?? null,
          roll: face.roll ?? null,
          confidence: face.confidence ?? null,
          quality: JSON.stringify(face.quality ?? {}),
          transform: face.transform ? JSON.stringify(face.transform) : null,
          crop: face.crop ?? null,
          reason: face.reason ?? null,
        },
      );
    });
  });
}

/** What normalization with these settings has done, by the picture's sha256. */
export function normalizations(store: Store, settings: string): NormalizationRow[] {
  return store.all(
    `SELECT picture_id AS pictureId, sha256 AS pictureSha256, settings, normalizations.status,
       normalizations.reason, normalizations.detail
     FROM normalizations JOIN pictures ON pictures.id = picture_id
     WHERE settings = :settings AND pictures.status = 'kept' ORDER BY sha256`,
    { settings },
  );
}

/** The columns of a face; read rows with {@linkcode faceFromRaw}. */
export const faceColumns = `faces.id, picture_id AS pictureId, pictures.sha256 AS pictureSha256,
  pictures.file AS pictureFile, faces.settings, position, x, y, faces.width, faces.height,
  landmarks, yaw, pitch, roll, confidence, quality, transform, crop, faces.reason`;

/** A face as SQLite returns it: points and numbers are still JSON text. */
export type RawFace =
  & Omit<FaceRow, "box" | "landmarks" | "quality" | "transform">
  & {
    x: number;
    y: number;
    width: number;
    height: number;
    landmarks: string;
    quality: string;
    transform: string | null;
  };

/** Turns the stored text of a face into values. */
export function faceFromRaw(
  { x, y, width, height, landmarks, quality, transform, ...rest }: RawFace,
): FaceRow {
  return {
    ...rest,
    box: [x, y, width, height],
    landmarks: JSON.parse(landmarks),
    quality: JSON.parse(quality),
    transform: transform === null ? null : JSON.parse(transform),
  };
}

/**
 * Faces of kept pictures under these settings, by the picture's sha256, then position.
 *
 * @param options usable: true for those without a reason against them, false for those with one
 */
export function faces(
  store: Store,
  { settings, usable }: { settings: string; usable?: boolean },
): FaceRow[] {
  return store.all<RawFace>(
    `SELECT ${faceColumns} FROM faces JOIN pictures ON pictures.id = picture_id
     WHERE faces.settings = :settings AND pictures.status = 'kept'
       AND (:usable IS NULL OR (faces.reason IS NULL) = :usable)
     ORDER BY pictures.sha256, position`,
    { settings, usable: usable === undefined ? null : Number(usable) },
  ).map(faceFromRaw);
}
