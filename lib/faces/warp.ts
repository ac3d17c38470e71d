import type { RgbImage } from "../image/mod.ts";
import { invertTransform, type Transform } from "./geometry.ts";
import { memory, sample } from "./sample.wasm";
import { places, tapsOf } from "./taps.ts";

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
  /** Where the values go. Default: an array of their own. */
  readonly into?: Float32Array;
}

/** Places in the picture are whole numbers of this part of a pixel, so that sums of them are exact. */
const unit = 2 ** -32;

/** A crop is sampled in tiles that cover about this many source pixels, which stay in the cache. */
const tileWidth = 400;

/**
 * Samples a square crop through an affine map, once, from the picture's own pixels. Where the crop
 * is smaller than its source the kernel is stretched over all source pixels that an output pixel
 * covers, so that nothing aliases; where the crop leaves the picture the picture is reflected.
 *
 * @param transform source pixels to crop pixels; a similarity (the kernel is stretched equally)
 * @returns crop values in [0, white], not rounded, not clipped, `[size, size, 3]` row by row
 */
export function warp(
  image: RgbImage,
  transform: Transform,
  { size, kernel = "cubic", white = 255, into = new Float32Array(size * size * 3) }: WarpOptions,
): Float32Array {
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(`Expected a crop size of 1 pixel or more but found ${size}`);
  }
  const [a, b, c, d, e, f] = invertTransform(transform);
  const stretch = Math.max(1, Math.sqrt(Math.abs(a * d - b * c)));
  const { count, reach, weights } = tapsOf(kernel, stretch);
  const crop = weights.byteLength;
  const source = crop + into.byteLength;
  floats(0, weights.length).set(weights);
  const [alongX, alongY, downX, downY] = [a, b, c, d].map(fixed) as [
    number,
    number,
    number,
    number,
  ];
  // Behind this place lies the first tap of the first pixel; rounded to one of the known places.
  const toFirstTap = 0.5 / places - 0.5 - reach;
  const startX = fixed((a + c) / 2 + e + toFirstTap);
  const startY = fixed((b + d) / 2 + f + toFirstTap);
  const side = Math.ceil(size / Math.ceil(size * stretch / tileWidth));
  for (let top = 0; top < size; top += side) {
    for (let left = 0; left < size; left += side) {
      const [rows, columns] = [Math.min(side, size - top), Math.min(side, size - left)];
      const x = startX + left * alongX + top * downX;
      const y = startY + left * alongY + top * downY;
      const spanX = spanOf(x, (columns - 1) * alongX, (rows - 1) * downX, count);
      const spanY = spanOf(y, (columns - 1) * alongY, (rows - 1) * downY, count);
      copyRegion(image, spanX, spanY, source);
      sample(
        source,
        spanX.length,
        0,
        count,
        crop + 12 * (top * size + left),
        12 * size,
        rows,
        columns,
        white / 255,
        BigInt(x - spanX.start / unit),
        BigInt(y - spanY.start / unit),
        BigInt(alongX),
        BigInt(alongY),
        BigInt(downX),
        BigInt(downY),
      );
    }
  }
  into.set(floats(crop, into.length));
  return into;
}

const fixed = (place: number): number => Math.round(place / unit);

/** Pixels of a row or column of the picture; they may lie outside of it. */
interface Span {
  readonly start: number;
  readonly length: number;
}

/** All taps of a tile whose first one lies behind `place`, and that goes so far in two directions. */
function spanOf(place: number, along: number, down: number, count: number): Span {
  const firstTap = (at: number) => Math.ceil(Math.floor(at * unit * places) / places);
  const start = firstTap(place + Math.min(0, along) + Math.min(0, down));
  const end = firstTap(place + Math.max(0, along) + Math.max(0, down)) + count;
  return { start, length: end - start };
}

/** Copies a part of the picture, reflected where it lies outside, into the sampler's memory. */
function copyRegion({ width, height, data }: RgbImage, x: Span, y: Span, target: number): void {
  const region = bytes(target, 3 * x.length * y.length);
  const end = x.start + x.length;
  const from = Math.min(end, Math.max(0, x.start));
  const to = Math.max(from, Math.min(width, end));
  const outside = Array.from({ length: x.length }, (_, index) => x.start + index)
    .filter((column) => column < from || column >= to);
  for (let row = 0; row < y.length; row++) {
    const line = 3 * width * reflect(y.start + row, height);
    const place = 3 * (row * x.length - x.start);
    region.set(data.subarray(line + 3 * from, line + 3 * to), place + 3 * from);
    for (const column of outside) {
      const pixel = line + 3 * reflect(column, width);
      for (let channel = 0; channel < 3; channel++) {
        region[place + 3 * column + channel] = data[pixel + channel]!;
      }
    }
  }
}

/** The sampler's memory from a byte on, made longer where it ends before. */
function bytes(start: number, length: number): Uint8Array {
  const page = 65536;
  // A few bytes more: the sampler reads a pixel as four.
  const missing = start + length + 1 - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / page));
  return new Uint8Array(memory.buffer, start, length);
}

function floats(start: number, length: number): Float32Array {
  const { buffer, byteOffset } = bytes(start, 4 * length);
  return new Float32Array(buffer, byteOffset, length);
}

/** Index inside [0, length) that an index outside is reflected to (…cb|abc|ba…). */
export function reflect(index: number, length: number): number {
  const period = 2 * length;
  const inside = ((index % period) + period) % period;
  return inside < length ? inside : period - 1 - inside;
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
