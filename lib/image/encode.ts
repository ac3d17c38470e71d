import { asSharp } from "./as_sharp.ts";
import type { RgbImage } from "./rgb_image.ts";

/** PNG bytes of a picture, without loss. */
export async function encodePng(image: RgbImage): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await asSharp(image).png({ compressionLevel: 9 }).toBuffer());
}

/** JPEG bytes of a picture; quality 1 to 100. */
export async function encodeJpeg(image: RgbImage, quality = 90): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(
    await asSharp(image).jpeg({ quality, chromaSubsampling: "4:4:4" }).toBuffer(),
  );
}
