import type { RgbImage } from "../image/mod.ts";
import { Canvas, checkImages } from "./canvas.ts";
import { gridOrder } from "./grid_assignment.ts";
import { montage, type MontageOptions } from "./montage.ts";
import type { PictureDrawing } from "./picture.ts";

/**
 * A montage in which alike pictures are neighbours: see {@linkcode gridOrder}.
 *
 * @param features numbers that describe each picture: its two codes, or an embedding of any length
 */
export function sortedMontage(
  images: Iterable<RgbImage>,
  features: readonly ArrayLike<number>[],
  options: Omit<MontageOptions, "labels"> = {},
): PictureDrawing {
  const list = checkImages(images, "the sorted montage");
  if (features.length !== list.length) {
    throw new RangeError(
      `Expected features of each of ${list.length} pictures but got ${features.length}`,
    );
  }
  const first = list[0] as RgbImage;
  const empty = new Canvas(first.width, first.height);
  const columns = options.columns ??
    Math.ceil(Math.sqrt(list.length * 1.6 * first.height / first.width));
  const order = gridOrder(features, columns);
  return montage(Array.from(order, (index) => list[index] ?? empty), { ...options, columns });
}
