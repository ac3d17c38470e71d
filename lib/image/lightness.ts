import type { RgbImage } from "./rgb_image.ts";
import { linearLight } from "./linear_light.ts";

/** A part of a picture in shares of its width and height, from the top left. */
export interface Region {
  readonly left?: number;
  readonly top?: number;
  readonly right?: number;
  readonly bottom?: number;
}

/**
 * Mean lightness L* of a part of a picture, from 0 (black) to 100 (white): even steps for the eye
 * (CIE 1976, white point D65, sRGB).
 */
export function lightness(
  image: RgbImage,
  { left = 0, top = 0, right = 1, bottom = 1 }: Region = {},
): number {
  const { width, height, data } = image;
  const [firstX, lastX] = [Math.floor(left * width), Math.ceil(right * width)];
  const [firstY, lastY] = [Math.floor(top * height), Math.ceil(bottom * height)];
  let sum = 0;
  for (let y = firstY; y < lastY; y++) {
    for (let x = firstX; x < lastX; x++) {
      const at = (y * width + x) * 3;
      const luminance = 0.2126 * linearLight(data[at]!) + 0.7152 * linearLight(data[at + 1]!) +
        0.0722 * linearLight(data[at + 2]!);
      sum += lightnessOfLuminance(luminance);
    }
  }
  return sum / ((lastX - firstX) * (lastY - firstY));
}

/** L* of a luminance in linear light, 0 to 1. */
export function lightnessOfLuminance(luminance: number): number {
  return luminance > 216 / 24389 ? 116 * Math.cbrt(luminance) - 16 : luminance * 24389 / 27;
}
