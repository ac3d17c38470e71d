import type { RgbImage } from "../../lib/image/mod.ts";

/** A picture of one colour. */
export function plain(
  width: number,
  height: number,
  [red, green, blue]: readonly [number, number, number],
): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) data.set([red, green, blue], 3 * pixel);
  return { width, height, data };
}

/** A picture of a function of the pixel's place. */
export function painted(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly [number, number, number],
): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(colour(x, y), 3 * (y * width + x));
  }
  return { width, height, data };
}

/** The colour at a place. */
export function at({ width, data }: RgbImage, x: number, y: number): number[] {
  return [...data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3)];
}

/** Number of pixels in a box that are darker than a grey value in every channel. */
export function darkPixels(
  image: RgbImage,
  [left, top, width, height]: readonly [number, number, number, number],
  below = 140,
): number {
  let count = 0;
  for (let y = top; y < Math.min(image.height, top + height); y++) {
    for (let x = left; x < Math.min(image.width, left + width); x++) {
      if (at(image, x, y).every((value) => value < below)) count++;
    }
  }
  return count;
}
