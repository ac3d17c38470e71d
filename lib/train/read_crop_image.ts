import { asSharp, decodeImage, type RgbImage } from "../image/mod.ts";

/** A crop, read where it is a file, in `size` x `size` pixels. */
export async function readCropImage(crop: string | RgbImage, size: number): Promise<RgbImage> {
  const image = typeof crop === "string" ? await decodeImage(crop) : crop;
  if (image.width === size && image.height === size) return image;
  const resized = await asSharp(image)
    .resize(size, size, { fit: "fill", kernel: "lanczos3" }).raw().toBuffer();
  return { width: size, height: size, data: new Uint8Array(resized) };
}
