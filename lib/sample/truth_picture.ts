import type { PictureFormat, PlannedPicture, Presentation } from "./plan.ts";

/** A point of a picture in pixels from its top left corner. */
export type Point = readonly [x: number, y: number];

/** What is true of one painted person in one picture, in the pixels of that picture. */
export interface TruePerson {
  /** Name of the person: the same in every picture. */
  readonly person: string;
  readonly presentation: Presentation;
  /** `leftEye` is the eye at the left side of the IMAGE; so with every name. */
  readonly landmarks: Readonly<Record<string, Point>>;
  /** The face: [x, y, width, height]. */
  readonly box: readonly [x: number, y: number, width: number, height: number];
  /** Every factor of person and pose, as the painter gave them. */
  readonly factors: unknown;
}

/** One file of a sample world and everything that is true of it. */
export interface TruthPicture {
  readonly id: string;
  /** Id of the original whose pixels these are in other bytes, or null. */
  readonly copyOf: string | null;
  readonly kind: PlannedPicture["kind"];
  /** Path of the file: relative to the world's folder, or absolute for a file of a source folder. */
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly format: PictureFormat;
  /** Size in pixels; 0 where the file of a source folder cannot be decoded. */
  readonly width: number;
  readonly height: number;
  /** Who is in it; null: unknown, because a file stands in for a painted picture. */
  readonly people: readonly TruePerson[] | null;
}
