import type { RgbImage } from "../image/mod.ts";
import { squareTransform } from "./geometry.ts";
import { warpImage } from "./warp.ts";

/** The largest square in the middle of a picture, resized: what one gets without looking for faces. */
export function centreCrop(image: RgbImage, { size = 100 }: { size?: number } = {}): RgbImage {
  const { width, height } = image;
  const square = {
    centre: [width / 2, height / 2] as const,
    side: Math.min(width, height),
    angle: 0,
  };
  return warpImage(image, squareTransform(square, size), { size });
}
