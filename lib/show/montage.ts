import type { RgbImage } from "../image/mod.ts";
import { Canvas, checkImages, resized } from "./canvas.ts";
import { fitText } from "./font.ts";
import { PictureDrawing, type PictureEncoding } from "./picture.ts";
import { textElement } from "./svg.ts";
import { ink, type } from "./theme.ts";

/** How a montage is laid out. */
export interface MontageOptions {
  /** Pictures in a row. Default: so many that the montage is about 1.6 times as wide as high. */
  readonly columns?: number;
  /** Width of a cell in pixels. Default: the first picture's, enlarged or shrunken to suit the page. */
  readonly size?: number;
  /** Pixels between the cells. Default: 2, or 1 between more than 150 pictures. */
  readonly gap?: number;
  /** A short text below each picture. */
  readonly labels?: readonly string[];
  /** Default: "jpeg". */
  readonly encoding?: PictureEncoding;
}

/**
 * Pictures in rows, from the top left: cell (column, row) begins at pixel
 * (column * (size + gap), row * (height + gap)). Pictures of other proportions than the first one's
 * are fitted into the cell on white.
 */
export function montage(
  images: Iterable<RgbImage>,
  options: MontageOptions = {},
): PictureDrawing {
  const list = checkImages(images, "the montage");
  const { gap = list.length > 150 ? 1 : 2, labels, encoding = "jpeg" } = options;
  const first = list[0] as RgbImage;
  const aspect = first.width / first.height;
  const columns = Math.min(
    list.length,
    options.columns ?? Math.ceil(Math.sqrt(list.length * pageAspect / aspect)),
  );
  if (!Number.isInteger(columns) || columns < 1) {
    throw new RangeError(`Expected columns to be a whole number above 0 but found ${columns}`);
  }
  if (labels && labels.length !== list.length) {
    throw new RangeError(`Expected ${list.length} labels, one a picture, but got ${labels.length}`);
  }
  const widest = Math.floor((pageWidth + gap) / columns) - gap;
  const size = options.size ?? Math.max(8, Math.min(widest, 2 * first.width));
  const height = Math.max(1, Math.round(size / aspect));
  const rows = Math.ceil(list.length / columns);
  const rowHeight = height + (labels ? labelHeight : 0);
  const width = columns * (size + gap) - gap;
  return new PictureDrawing(
    `Montage of ${list.length} pictures in ${rows} rows of ${columns}`,
    width,
    async () => {
      const canvas = new Canvas(width, rows * (rowHeight + gap) - gap);
      const texts: string[] = [];
      for (const [position, image] of list.entries()) {
        const left = position % columns * (size + gap);
        const top = Math.floor(position / columns) * (rowHeight + gap);
        const scale = Math.min(size / image.width, height / image.height);
        const wide = Math.max(1, Math.round(image.width * scale));
        const tall = Math.max(1, Math.round(image.height * scale));
        canvas.paste(
          await resized(image, wide, tall),
          left + Math.floor((size - wide) / 2),
          top + Math.floor((height - tall) / 2),
        );
        if (labels) {
          const label = fitText(labels[position] ?? "", size, type.caption - 1);
          texts.push(textElement(label, left + size / 2, top + height + labelHeight / 2, {
            size: type.caption - 1,
            anchor: "middle",
            fill: ink.quiet,
          }));
        }
      }
      canvas.draw(texts.join(""));
      return canvas;
    },
    { encoding },
  );
}

const pageWidth = 1100;
const pageAspect = 1.6;
const labelHeight = 18;
