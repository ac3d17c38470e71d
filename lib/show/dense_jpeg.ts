import { Buffer } from "node:buffer";
import { asSharp, type RgbImage } from "../image/mod.ts";

/**
 * JPEG bytes of a picture that is shown at a fraction of its size in pixels, so that it is sharp on
 * dense screens and as large as meant on all.
 *
 * A notebook has no place for the size of a cell's last value. Browsers take it from the picture's own
 * Exif data instead: from its resolution, where that agrees with the size written beside it
 * (https://html.spec.whatwg.org/multipage/images.html, "density-corrected natural width and height").
 * They do so for JPEG, but not for PNG.
 *
 * @param density pixels for a CSS pixel
 * @param quality 1 to 100
 */
export async function denseJpeg(
  image: RgbImage,
  density: number,
  quality: number,
): Promise<Uint8Array> {
  const jpeg = await asSharp(image)
    .jpeg({ quality, chromaSubsampling: "4:4:4", progressive: true, optimizeScans: true })
    .toBuffer();
  const exif = Buffer.concat([
    Buffer.from("Exif\0\0", "latin1"),
    densityExif(image.width, image.height, density),
  ]);
  const marker = Buffer.alloc(4);
  marker.writeUInt16BE(0xffe1, 0);
  marker.writeUInt16BE(exif.length + 2, 2);
  const start = jpeg.subarray(0, 2);
  return new Uint8Array(Buffer.concat([start, marker, exif, jpeg.subarray(2)]));
}

/** Tags of TIFF and Exif that browsers look at (Exif 2.32, tables 4 and 7). */
const tags = { xResolution: 0x11a, yResolution: 0x11b, unit: 0x128, exif: 0x8769 } as const;
const exifTags = { width: 0xa002, height: 0xa003 } as const;
const kinds = { short: 3, long: 4, rational: 5 } as const;

function densityExif(width: number, height: number, density: number): Buffer {
  const bytes = Buffer.alloc(108);
  bytes.write("MM\0*", 0, "latin1");
  bytes.writeUInt32BE(8, 4);
  const resolutionAt = 62;
  const exifAt = 78;
  const entry = (at: number, tag: number, kind: number, value: number) => {
    bytes.writeUInt16BE(tag, at);
    bytes.writeUInt16BE(kind, at + 2);
    bytes.writeUInt32BE(1, at + 4);
    if (kind === kinds.short) bytes.writeUInt16BE(value, at + 8);
    else bytes.writeUInt32BE(value, at + 8);
  };
  bytes.writeUInt16BE(4, 8);
  entry(10, tags.xResolution, kinds.rational, resolutionAt);
  entry(22, tags.yResolution, kinds.rational, resolutionAt);
  // Inches; a CSS pixel is a 72nd of one here.
  entry(34, tags.unit, kinds.short, 2);
  entry(46, tags.exif, kinds.long, exifAt);
  bytes.writeUInt32BE(Math.round(72 * density * 1000), resolutionAt);
  bytes.writeUInt32BE(1000, resolutionAt + 4);
  bytes.writeUInt16BE(2, exifAt);
  entry(exifAt + 2, exifTags.width, kinds.long, Math.round(width / density));
  entry(exifAt + 14, exifTags.height, kinds.long, Math.round(height / density));
  return bytes;
}
