import sharp, { type SharpOptions } from "sharp";
import type { RgbImage } from "./rgb_image.ts";

/** Limits and wishes for {@linkcode decodeImage}. */
export interface DecodeOptions {
  /** Largest number of pixels that is decoded; the header is checked first. Default: 64 million. */
  readonly maximumPixels?: number;
  /** Takes a file that ends early for what is there of it. Default: false, it is an error. */
  readonly acceptTruncated?: boolean;
  /** Colour put behind transparent parts, 0 to 255 each. Default: white. */
  readonly background?: { readonly r: number; readonly g: number; readonly b: number };
}

/**
 * Decodes a picture file to upright 8-bit sRGB: EXIF rotation applied, alpha put on the background
 * colour, grey and CMYK converted, the first frame of an animation.
 *
 * @param source the file's bytes or its path
 * @throws Error with the decoder's reason, where the bytes are no picture, end early or are too large
 */
export async function decodeImage(
  source: Uint8Array | string,
  {
    maximumPixels = 64e6,
    acceptTruncated = false,
    background = { r: 255, g: 255, b: 255 },
  }: DecodeOptions = {},
): Promise<RgbImage> {
  const limits: SharpOptions = {
    limitInputPixels: maximumPixels,
    failOn: acceptTruncated ? "none" : "truncated",
  };
  const { space, icc } = await sharp(source, limits).metadata();
  const ignoreIcc = space === "srgb" && icc !== undefined && isSrgbProfile(icc);
  const { data, info } = await sharp(source, { ...limits, ignoreIcc })
    .autoOrient()
    .flatten({ background })
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  if (info.channels === 3) {
    // A view: a copy of a photograph takes as long as a tenth of its decoding.
    const pixels = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return { width: info.width, height: info.height, data: pixels };
  }
  const rgb = new Uint8Array(info.width * info.height * 3);
  for (let index = 0; index < rgb.length; index++) {
    rgb[index] = data[Math.floor(index / 3) * info.channels] ?? 0;
  }
  return { width: info.width, height: info.height, data: rgb };
}

/**
 * Whether a colour profile is that of IEC 61966-2-1, sRGB itself, by its header. Converting from it
 * costs more than decoding, only to round 3 in 1,000 of all values to a neighbouring level.
 */
function isSrgbProfile(icc: Uint8Array): boolean {
  // Bytes 48 to 55: manufacturer and model of the device that it describes.
  return new TextDecoder("latin1").decode(icc.subarray(48, 56)) === "IEC sRGB";
}
