import type { KernelEnum } from "sharp";
import { asSharp } from "./as_sharp.ts";
import type { RgbImage } from "./rgb_image.ts";

/**
 * A picture in another size; the whole picture is kept, its proportions are not.
 *
 * @param size in pixels, and sharp's `kernel`, by default `lanczos3`
 */
export async function resizeImage(
  image: RgbImage,
  { width, height, kernel = "lanczos3" }: {
    readonly width: number;
    readonly height: number;
    readonly kernel?: keyof KernelEnum;
  },
): Promise<RgbImage> {
  if (image.width === width && image.height === height) return image;
  const data = await asSharp(image).resize(width, height, { fit: "fill", kernel }).raw().toBuffer();
  return { width, height, data: new Uint8Array(data) };
}
