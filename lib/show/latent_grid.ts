import type { RgbImage } from "../image/mod.ts";
import { Canvas, checkImages, resized } from "./canvas.ts";
import { formatNumber } from "./number_format.ts";
import { PictureDrawing } from "./picture.ts";
import { element, textElement } from "./svg.ts";
import { ink, type } from "./theme.ts";

/** How a latent grid is drawn. */
export interface LatentGridOptions {
  /** Pictures in a row. Default: the square root of their number. */
  readonly columns?: number;
  /** Width of one picture in pixels. Default: its own, enlarged or shrunken to suit the page. */
  readonly size?: number;
  /** Smallest and largest of each value. Default: -1 and 1. */
  readonly range?: readonly [number, number];
  /** Names of the first value (along x) and the second (along y). */
  readonly labels?: readonly [string, string];
  /** False leaves out the values and names along the sides. Default: true. */
  readonly axes?: boolean;
}

/**
 * The pictures that a decoder makes of a grid of two values, edge to edge, with the values along the
 * sides.
 *
 * @param images row by row from the top left: the first value grows to the right, the second value
 * grows UPWARDS, so that the first picture is (smallest, largest)
 */
export function latentGrid(
  images: Iterable<RgbImage>,
  options: LatentGridOptions = {},
): PictureDrawing {
  const list = checkImages(images, "the latent grid");
  const { range: [low, high] = [-1, 1], labels = ["first value", "second value"], axes = true } =
    options;
  const columns = options.columns ?? Math.round(Math.sqrt(list.length));
  const rows = list.length / columns;
  if (!Number.isInteger(columns) || columns < 1 || !Number.isInteger(rows)) {
    throw new RangeError(
      `Expected full rows of ${columns} pictures but found ${list.length} pictures`,
    );
  }
  const first = list[0] as RgbImage;
  const widest = Math.floor(pageWidth / columns);
  const size = options.size ?? Math.max(8, Math.min(widest, 2 * first.width));
  const height = Math.max(1, Math.round(first.height * size / first.width));
  const width = columns * size;
  const left = axes ? Math.round(54 * scale) : 0;
  return new PictureDrawing(
    `Latent grid of ${rows} rows of ${columns}: ${labels[0]} from ${formatNumber(low)} (left) to ` +
      `${formatNumber(high)} (right), ${labels[1]} from ${formatNumber(low)} (bottom) to ` +
      `${formatNumber(high)} (top)`,
    left + width + (axes ? 8 : 0),
    async () => {
      const tall = rows * height;
      const canvas = axes
        ? new Canvas(left + width + 8, tall + Math.round(44 * scale))
        : new Canvas(width, tall);
      for (const [position, image] of list.entries()) {
        canvas.paste(
          await resized(image, size, height),
          left + position % columns * size,
          Math.floor(position / columns) * height,
        );
      }
      if (!axes) return canvas;
      const css = (pixels: number) => pixels / scale;
      // Values belong to the middles of the outermost pictures.
      const x = (value: number) => css(left + size / 2 + (width - size) * share(value, low, high));
      const y = (value: number) =>
        css(tall - height / 2 - (tall - height) * share(value, low, high));
      const style = { size: type.tick, fill: ink.quiet };
      const marks = [low, (low + high) / 2, high].map((value) =>
        element("path", { d: `M${x(value)} ${css(tall)}v5`, stroke: ink.faint }) +
        textElement(formatNumber(value), x(value), css(tall) + 14, { ...style, anchor: "middle" }) +
        element("path", { d: `M${css(left)} ${y(value)}h-5`, stroke: ink.faint }) +
        textElement(formatNumber(value), css(left) - 9, y(value), { ...style, anchor: "end" })
      );
      const names = [
        textElement(labels[0], css(left + width / 2), css(tall) + 32, { anchor: "middle" }),
        textElement(labels[1], 10, css(tall / 2), { anchor: "middle", rotate: -90 }),
      ];
      canvas.draw([...marks, ...names].join(""), scale);
      return canvas;
    },
  );
}

const pageWidth = 1040;

/** Pixels of a CSS pixel of the texts. */
const scale = 1.3;

function share(value: number, low: number, high: number): number {
  return high === low ? 0.5 : (value - low) / (high - low);
}
