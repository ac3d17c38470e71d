import sharp, { type Sharp } from "sharp";
import type { RgbImage } from "./rgb_image.ts";

/** A picture as sharp takes it, to be resized, drawn on or encoded. */
export function asSharp({ width, height, data }: RgbImage): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}
