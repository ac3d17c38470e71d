import type { RgbImage } from "../image/mod.ts";
import { type Point, similarity, type Transform } from "./geometry.ts";
import { warpImage } from "./warp.ts";

/** Where {@linkcode alignEyes} puts the eyes. */
export interface AlignOptions {
  /** Width and height of the crop in pixels. Default: 100, the post's. */
  readonly size?: number;
  /** Place of the eye at the crop's left, as a share of its width. Default: 0.35. */
  readonly eyeX?: number;
  /** Height of both eyes, as a share of the crop's height. Default: 0.35. */
  readonly eyeY?: number;
}

/** The eye at the picture's left, then the eye at its right, in source pixels. */
export type Eyes = readonly [left: Point, right: Point];

/**
 * The similarity that puts the eyes on one level: the left one at `(eyeX, eyeY)` of the crop, the
 * right one at `(1 - eyeX, eyeY)`. With the defaults these are the numbers of imutils' FaceAligner.
 */
export function eyesLevelTransform(
  eyes: Eyes,
  { size = 100, eyeX = 0.35, eyeY = 0.35 }: AlignOptions = {},
): Transform {
  if (!(eyeX >= 0 && eyeX < 0.5)) {
    throw new RangeError(`Expected eyeX in [0, 0.5), left of the middle, but found ${eyeX}`);
  }
  return similarity(eyes, [[eyeX * size, eyeY * size], [(1 - eyeX) * size, eyeY * size]]);
}

/**
 * A square crop of a face with its eyes on one level, sampled once from the original pixels;
 * reflected where the crop leaves the picture.
 */
export function alignEyes(image: RgbImage, eyes: Eyes, options: AlignOptions = {}): RgbImage {
  const { size = 100 } = options;
  return warpImage(image, eyesLevelTransform(eyes, { ...options, size }), { size });
}
