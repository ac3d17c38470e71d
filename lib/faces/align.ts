import type { RgbImage } from "../image/mod.ts";
import { middle, type Point, similarity, squareTransform, type Transform } from "./geometry.ts";
import { softenBorder } from "./soften_border.ts";
import { bytesOf, warp, warpImage } from "./warp.ts";

/** How a face becomes a square crop. */
export interface AlignOptions {
  /**
   * `eyes` puts both eyes at fixed places, as imutils' FaceAligner and the post do. `ffhq` is the
   * frame of the FFHQ data set: wider, centred between eyes and mouth, blurred beyond the picture's
   * edge. Default: `eyes`.
   */
  readonly alignment?: "eyes" | "ffhq";
  /** Width and height of the crop in pixels. Default: 100, the post's. */
  readonly size?: number;
  /** For `eyes`: place of the eye at the crop's left, as a share of its width. Default: 0.35. */
  readonly eyeX?: number;
  /** For `eyes`: height of both eyes, as a share of the crop's height. Default: 0.35. */
  readonly eyeY?: number;
}

/** The points that an alignment needs, in source pixels; left is the picture's left. */
export interface AlignPoints {
  readonly leftEye: Point;
  readonly rightEye: Point;
  readonly mouthLeft: Point;
  readonly mouthRight: Point;
}

/** The eye at the picture's left, then the eye at its right, in source pixels. */
export type Eyes = readonly [left: Point, right: Point];

/** The similarity from source pixels to crop pixels that an alignment gives a face. */
export function alignTransform(points: AlignPoints, options: AlignOptions = {}): Transform {
  return options.alignment === "ffhq"
    ? ffhqTransform(points, options)
    : eyesLevelTransform([points.leftEye, points.rightEye], options);
}

/**
 * The crop that belongs to a transform of {@linkcode alignTransform}: sampled once from the original
 * pixels, reflected where it leaves the picture, and for `ffhq` softened there.
 */
export function alignedCrop(
  image: RgbImage,
  transform: Transform,
  { alignment = "eyes", size = 100 }: AlignOptions = {},
): RgbImage {
  if (alignment === "eyes") return warpImage(image, transform, { size });
  const values = softenBorder(warp(image, transform, { size }), {
    picture: image,
    transform,
    size,
  });
  return { width: size, height: size, data: bytesOf(values) };
}

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
 * The square of the FFHQ data set (Karras et al. 2019). Its horizontal is the line through the eyes,
 * turned towards the upright of the line from eyes to mouth; half its side is twice the distance
 * between the eyes, or 1.8 times that from eyes to mouth, whichever is larger; its centre lies a
 * tenth of the way from the eyes to the mouth.
 */
export function ffhqTransform(
  { leftEye, rightEye, mouthLeft, mouthRight }: AlignPoints,
  { size = 100 }: Pick<AlignOptions, "size"> = {},
): Transform {
  const eyes = middle(leftEye, rightEye);
  const mouth = middle(mouthLeft, mouthRight);
  const [eyeX, eyeY] = [rightEye[0] - leftEye[0], rightEye[1] - leftEye[1]];
  const [downX, downY] = [mouth[0] - eyes[0], mouth[1] - eyes[1]];
  return squareTransform({
    centre: [eyes[0] + 0.1 * downX, eyes[1] + 0.1 * downY],
    side: 2 * Math.max(2 * Math.hypot(eyeX, eyeY), 1.8 * Math.hypot(downX, downY)),
    angle: Math.atan2(eyeY - downX, eyeX + downY),
  }, size);
}

/**
 * A square crop of a face with its eyes on one level, sampled once from the original pixels;
 * reflected where the crop leaves the picture.
 */
export function alignEyes(image: RgbImage, eyes: Eyes, options: AlignOptions = {}): RgbImage {
  const { size = 100 } = options;
  return warpImage(image, eyesLevelTransform(eyes, { ...options, size }), { size });
}
