import type { RgbImage } from "../image/mod.ts";
import { checkImages } from "./canvas.ts";

/** One number for each pixel, row by row from the top left. */
export interface PixelMap {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** The mean picture: the mean over pictures of each channel of each pixel. */
export function meanImage(images: Iterable<RgbImage>): RgbImage {
  const list = sameSize(images, "the average");
  const { width, height } = list[0] as RgbImage;
  const sum = new Float64Array(width * height * 3);
  for (const { data } of list) {
    for (let index = 0; index < sum.length; index++) sum[index]! += data[index]!;
  }
  return { width, height, data: Uint8Array.from(sum, (value) => Math.round(value / list.length)) };
}

/**
 * The median picture: the median over pictures of each channel of each pixel. It is sharper than the
 * mean where most pictures agree and some are far off.
 */
export function medianImage(images: Iterable<RgbImage>): RgbImage {
  const list = sameSize(images, "the median");
  const { width, height } = list[0] as RgbImage;
  const data = new Uint8Array(width * height * 3);
  const counts = new Uint32Array(256);
  const half = list.length / 2;
  for (let index = 0; index < data.length; index++) {
    counts.fill(0);
    for (const image of list) counts[image.data[index]!]!++;
    let seen = 0;
    let lower = -1;
    for (let value = 0; value < 256; value++) {
      seen += counts[value]!;
      if (lower < 0 && seen >= half) lower = value;
      if (seen > half) {
        data[index] = Math.round((lower + value) / 2);
        break;
      }
    }
  }
  return { width, height, data };
}

/**
 * How much the pictures differ at each pixel: the standard deviation over pictures (division by
 * their number) of each channel, its mean over the three channels, in the unit of [0, 1] images.
 */
export function deviationMap(images: Iterable<RgbImage>): PixelMap {
  const list = sameSize(images, "the variance map");
  const { width, height } = list[0] as RgbImage;
  const sum = new Float64Array(width * height * 3);
  const squares = new Float64Array(sum.length);
  for (const { data } of list) {
    for (let index = 0; index < sum.length; index++) {
      const value = data[index]!;
      // Sums of whole numbers: exact, so that no rounding error is squared.
      sum[index]! += value;
      squares[index]! += value * value;
    }
  }
  const count = list.length;
  const values = new Float32Array(width * height);
  for (let pixel = 0; pixel < values.length; pixel++) {
    let total = 0;
    for (let channel = 0; channel < 3; channel++) {
      const index = pixel * 3 + channel;
      total += Math.sqrt(count * squares[index]! - sum[index]! ** 2) / count;
    }
    values[pixel] = total / 3 / 255;
  }
  return { width, height, values };
}

function sameSize(images: Iterable<RgbImage>, what: string): RgbImage[] {
  const list = checkImages(images, what);
  const first = list[0] as RgbImage;
  list.forEach(({ width, height }, position) => {
    if (width !== first.width || height !== first.height) {
      throw new RangeError(
        `Expected the pictures of ${what} to be ${first.width} x ${first.height} like the first ` +
          `one but picture ${position} is ${width} x ${height}`,
      );
    }
  });
  return list;
}
