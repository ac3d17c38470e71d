import type { RgbImage } from "../image/mod.ts";
import { picture, type PictureDrawing, type PictureOptions } from "./picture.ts";
import { meanImage, medianImage } from "./pixel_statistics.ts";

/** The average of pictures of one size; see {@linkcode meanImage} for its pixels. */
export function averageFace(
  images: Iterable<RgbImage>,
  options: PictureOptions = {},
): PictureDrawing {
  return picture(meanImage(images), options);
}

/** The median of pictures of one size; see {@linkcode medianImage} for its pixels. */
export function medianFace(
  images: Iterable<RgbImage>,
  options: PictureOptions = {},
): PictureDrawing {
  return picture(medianImage(images), options);
}
