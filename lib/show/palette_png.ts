import type { RgbImage } from "../image/mod.ts";
import sharp from "sharp";

/** PNG bytes of a picture with at most 256 colours, for drawings: a quarter of the size. */
export async function palettePng(image: RgbImage, density = 96): Promise<Uint8Array> {
  const { width, height, data } = image;
  return new Uint8Array(
    await sharp(data, { raw: { width, height, channels: 3 } })
      .withDensity(density)
      .png({ palette: true, colours: 256, dither: 0, compressionLevel: 9, effort: 4 })
      .toBuffer(),
  );
}
