import { asSharp, type RgbImage } from "../image/mod.ts";

/** PNG bytes of a picture with at most 256 colours, for drawings: a quarter of the size. */
export async function palettePng(image: RgbImage, density = 96): Promise<Uint8Array> {
  return new Uint8Array(
    await asSharp(image)
      .withDensity(density)
      .png({ palette: true, colours: 256, dither: 0, compressionLevel: 9, effort: 4 })
      .toBuffer(),
  );
}
