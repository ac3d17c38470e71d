import { asSharp, type RgbImage } from "../image/mod.ts";
import { Canvas, resized } from "./canvas.ts";
import { base64 } from "./drawing.ts";

/** Many pictures of one size in one WebP, for pages that show them one at a time. */
export interface Sprite {
  /** The WebP as a data URL. */
  readonly url: string;
  /** Pictures in a row. */
  readonly columns: number;
  /** Size of one picture in pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * Lays pictures out row by row. Their size is rounded up to WebP's blocks of 16 pixels, so that
 * none bleeds into its neighbour; the quality is lowered until the URL has at most `maximumLength`
 * characters.
 *
 * @throws RangeError where the lowest quality is not enough
 */
export async function makeSprite(
  images: readonly RgbImage[],
  columns: number,
  { size, maximumLength, quality: best = 82 }: {
    readonly size: number;
    readonly maximumLength: number;
    /** Quality to begin with, 1 to 100. Default: 82. */
    readonly quality?: number;
  },
): Promise<Sprite> {
  const first = images[0] as RgbImage;
  const width = blocks(size);
  const height = blocks(size * first.height / first.width);
  const sheet = new Canvas(columns * width, Math.ceil(images.length / columns) * height);
  for (const [index, image] of images.entries()) {
    const cell = await resized(image, width, height);
    sheet.paste(cell, index % columns * width, Math.floor(index / columns) * height);
  }
  for (const quality of [1, 0.85, 0.7, 0.5].map((share) => Math.round(share * best))) {
    const bytes = await asSharp(sheet)
      .webp({ quality, smartSubsample: true, effort: 4 })
      .toBuffer();
    const url = `data:image/webp;base64,${base64(bytes)}`;
    if (url.length <= maximumLength) return { url, columns, width, height };
  }
  throw new RangeError(
    `Expected ${images.length} pictures of ${width} x ${height} to fit into ${maximumLength} ` +
      `bytes: take fewer or a smaller size`,
  );
}

function blocks(size: number): number {
  return Math.ceil(size / 16) * 16;
}
