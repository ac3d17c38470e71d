import type { RgbImage } from "./rgb_image.ts";
import { lightnessOfLuminance } from "./lightness.ts";
import { linearLight } from "./linear_light.ts";

/** Lightness 0 (black) to 100 (white), then green to red, then blue to yellow. */
export type Lab = readonly [lightness: number, a: number, b: number];

/**
 * L*a*b* of an sRGB colour of three values 0 to 255: even steps for the eye (CIE 1976, white point
 * D65; the matrix is that of IEC 61966-2-1).
 */
export function cielab(red: number, green: number, blue: number): Lab {
  const [r, g, b] = [linearLight(red), linearLight(green), linearLight(blue)];
  const x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505;
  const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089;
  const [lx, ly, lz] = [x, y, z].map(lightnessOfLuminance) as [number, number, number];
  return [ly, 500 / 116 * (lx - ly), 200 / 116 * (ly - lz)];
}

/** L*a*b* of every pixel of a picture, row by row. */
export function cielabPixels({ data }: RgbImage): Lab[] {
  return Array.from(
    { length: data.length / 3 },
    (_, index) => cielab(data[3 * index]!, data[3 * index + 1]!, data[3 * index + 2]!),
  );
}

/** Distance of two colours, in units of which the eye just sees about two (CIE 1976). */
export function colorDistance(one: Lab, other: Lab): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

/** The median of each of the three values; three times NaN for no colours. */
export function medianColor(colors: readonly Lab[]): Lab {
  const middle = (axis: number) =>
    colors.map((color) => color[axis]!).sort((left, right) => left - right)[colors.length >> 1] ??
      NaN;
  return [middle(0), middle(1), middle(2)];
}
