import sharp from "sharp";
import { perceptualHash } from "./perceptual_hash.ts";

// Every file is read once: what libvips would keep of it, up to 50 MB, is never asked for again.
sharp.cache(false);

/** What is demanded of a picture. */
export interface PictureDemands {
  /** Least width and height in pixels. */
  readonly minimumSize: readonly [width: number, height: number];
  /** Most pixels that are decoded. */
  readonly maximumPixels: number;
}

/** What a picture's file turned out to be. */
export interface Inspection {
  /** Upright size in pixels, null where even the header cannot be read. */
  readonly width: number | null;
  readonly height: number | null;
  readonly perceptualHash: string | null;
  /** `broken`, `too-small` or `too-many-pixels`; null when the picture is usable. */
  readonly reason: string | null;
  readonly detail: string | null;
}

/** Reads the header first, decides by the size that it states, and only then decodes. */
export async function inspectPicture(
  path: string,
  { minimumSize: [leastWidth, leastHeight], maximumPixels }: PictureDemands,
): Promise<Inspection> {
  let width: number | null = null;
  let height: number | null = null;
  const rejected = (reason: string, detail: string): Inspection => ({
    width,
    height,
    perceptualHash: null,
    reason,
    detail,
  });
  try {
    // limitInputPixels would refuse the header too, and the size could not be told.
    const picture = sharp(path, { limitInputPixels: false, failOn: "truncated" });
    const { autoOrient } = await picture.metadata();
    ({ width, height } = autoOrient);
    if (width * height > maximumPixels) {
      return rejected("too-many-pixels", `${width} x ${height}, at most ${maximumPixels} pixels`);
    }
    if (width < leastWidth || height < leastHeight) {
      return rejected("too-small", `${width} x ${height}, at least ${leastWidth} x ${leastHeight}`);
    }
    const hash = await perceptualHash(picture);
    return { width, height, perceptualHash: hash, reason: null, detail: null };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return rejected("broken", said.replaceAll(path, "the file").split("\n", 1)[0]!);
  }
}
