import { decodeImage, resizeImage, type RgbImage } from "../image/mod.ts";

/** A crop, read where it is a file, in `size` x `size` pixels. */
export async function readCropImage(crop: string | RgbImage, size: number): Promise<RgbImage> {
  const image = typeof crop === "string" ? await decodeImage(crop) : crop;
  return await resizeImage(image, { width: size, height: size });
}
