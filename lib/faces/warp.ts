import type { RgbImage } from "../image/mod.ts";
import { invertTransform, type Transform } from "./geometry.ts";

/** How {@linkcode warp} samples. */
export interface WarpOptions {
  /** Width and height of the crop in pixels. */
  readonly size: number;
  /**
   * `cubic` (Catmull-Rom, 4 x 4 source pixels at scale 1) keeps edges crisp: for pictures that
   * people see. `linear` (2 x 2) is what most networks were trained on, and faster. Default: cubic.
   */
  readonly kernel?: "cubic" | "linear";
  /** What a crop's values are for white; black is 0. Default: 255. */
  readonly white?: number;
}

/** Catmull-Rom: Keys' cubic convolution with a = -1/2, exact for quadratic pictures. */
const cubic = (t: number): number => {
  const x = Math.abs(t);
  if (x < 1) return 1 + x * x * (1.5 * x - 2.5);
  if (x < 2) return 2 - x * (4 - x * (2.5 - 0.5 * x));
  return 0;
};

const linear = (t: number): number => Math.max(0, 1 - Math.abs(t));

const kernels = { cubic: { weight: cubic, radius: 2 }, linear: { weight: linear, radius: 1 } };

/** Index inside [0, length) that an index outside is reflected to (…cb|abc|ba…). */
export function reflect(index: number, length: number): number {
  const period = 2 * length;
  const inside = ((index % period) + period) % period;
  return inside < length ? inside : period - 1 - inside;
}

/** A kernel's weights for every place of an output pixel between two source pixels. */
interface Taps {
  /** Source pixels that one output pixel reads in a row. */
  readonly count: number;
  /** How far from its middle the kernel reads, in source pixels. */
  readonly reach: number;
  /** [places + 1, count]: for the first tap from 0 to 1 pixel inside the reach; rows sum to 1. */
  readonly weights: Float64Array;
}

/** An output pixel is placed to this part of a source pixel: an error far below a grey level. */
const places = 256;

function tapsOf(kernel: "cubic" | "linear", stretch: number): Taps {
  const { weight, radius } = kernels[kernel];
  const reach = radius * stretch;
  const count = Math.ceil(2 * reach);
  const weights = new Float64Array((places + 1) * count);
  for (let place = 0; place <= places; place++) {
    const row = weights.subarray(place * count, (place + 1) * count);
    let total = 0;
    for (let tap = 0; tap < count; tap++) {
      row[tap] = weight((tap + place / places - reach) / stretch);
      total += row[tap]!;
    }
    for (let tap = 0; tap < count; tap++) row[tap]! /= total;
  }
  return { count, reach, weights };
}

/**
 * Samples a square crop through an affine map, once, from the picture's own pixels. Where the crop
 * is smaller than its source the kernel is stretched over all source pixels that an output pixel
 * covers, so that nothing aliases; where the crop leaves the picture the picture is reflected.
 *
 * @param transform source pixels to crop pixels; a similarity (the kernel is stretched equally)
 * @returns crop values in [0, white], not rounded, not clipped, `[size, size, 3]` row by row
 */
export function warp(
  { width, height, data }: RgbImage,
  transform: Transform,
  { size, kernel = "cubic", white = 255 }: WarpOptions,
): Float32Array {
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(`Expected a crop size of 1 pixel or more but found ${size}`);
  }
  const [a, b, c, d, e, f] = invertTransform(transform);
  const stretch = Math.max(1, Math.sqrt(Math.abs(a * d - b * c)));
  const { count, reach, weights } = tapsOf(kernel, stretch);
  const scale = white / 255;
  const columns = new Int32Array(count);
  const values = new Float32Array(size * size * 3);
  let target = 0;
  for (let row = 0.5; row < size; row++) {
    for (let column = 0.5; column < size; column++) {
      const startX = a * column + c * row + e - 0.5 - reach;
      const startY = b * column + d * row + f - 0.5 - reach;
      const [firstX, firstY] = [Math.ceil(startX), Math.ceil(startY)];
      const weightsX = count * Math.round((firstX - startX) * places);
      const weightsY = count * Math.round((firstY - startY) * places);
      const insideX = firstX >= 0 && firstX + count <= width;
      const insideY = firstY >= 0 && firstY + count <= height;
      for (let tap = 0; tap < count; tap++) {
        columns[tap] = 3 * (insideX ? firstX + tap : reflect(firstX + tap, width));
      }
      let red = 0, green = 0, blue = 0;
      for (let tapY = 0; tapY < count; tapY++) {
        const weightY = weights[weightsY + tapY]!;
        if (weightY === 0) continue;
        const line = 3 * width * (insideY ? firstY + tapY : reflect(firstY + tapY, height));
        let lineRed = 0, lineGreen = 0, lineBlue = 0;
        for (let tapX = 0; tapX < count; tapX++) {
          const at = line + columns[tapX]!;
          const weightX = weights[weightsX + tapX]!;
          lineRed += weightX * data[at]!;
          lineGreen += weightX * data[at + 1]!;
          lineBlue += weightX * data[at + 2]!;
        }
        red += weightY * lineRed;
        green += weightY * lineGreen;
        blue += weightY * lineBlue;
      }
      values[target++] = scale * red;
      values[target++] = scale * green;
      values[target++] = scale * blue;
    }
  }
  return values;
}

/** {@linkcode warp} as an 8-bit picture: rounded and clipped. */
export function warpImage(image: RgbImage, transform: Transform, options: WarpOptions): RgbImage {
  const { size } = options;
  return { width: size, height: size, data: bytesOf(warp(image, transform, options)) };
}

/** Values in [0, 255] rounded, those outside clipped. */
export function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(new Uint8ClampedArray(values).buffer);
}

/** Share of a crop's pixels, 0 to 1, whose centres lie outside the source picture. */
export function borderShare(
  { width, height }: { readonly width: number; readonly height: number },
  transform: Transform,
  size: number,
): number {
  const [a, b, c, d, e, f] = invertTransform(transform);
  let outside = 0;
  for (let row = 0.5; row < size; row++) {
    for (let column = 0.5; column < size; column++) {
      const x = a * column + c * row + e;
      const y = b * column + d * row + f;
      if (x < 0 || y < 0 || x >= width || y >= height) outside++;
    }
  }
  return outside / (size * size);
}
