import type { RgbImage } from "../image/mod.ts";
import { Canvas, checkImage, resized } from "./canvas.ts";
import { fitText, textWidth } from "./font.ts";
import { formatNumber } from "./number_format.ts";
import { PictureDrawing } from "./picture.ts";
import { textElement } from "./svg.ts";
import { ink, sharpness, type } from "./theme.ts";

/** How a gallery is laid out. */
export interface GalleryOptions {
  /** Pictures shown of each group, at most: one row. Default: 10. */
  readonly columns?: number;
  /** Side of a picture's square in CSS pixels. Default: 84. */
  readonly size?: number;
  /** How many there are of each group, where not all of them are given. */
  readonly counts?: Readonly<Record<string, number>>;
}

/**
 * A row of pictures for each group, with its name and number above: what was thrown out, by reason.
 * Groups without pictures keep their heading.
 */
export function gallery(
  groups: Readonly<Record<string, readonly RgbImage[]>>,
  options: GalleryOptions = {},
): PictureDrawing {
  const { columns = 10, size = 84, counts = {} } = options;
  const entries = Object.entries(groups);
  if (entries.length === 0) throw new RangeError("Expected at least one group for the gallery");
  for (const [name, images] of entries) {
    images.forEach((image, index) => checkImage(image, `picture ${index} of "${name}"`));
  }
  const numbers = entries.map(([name, images]) => formatNumber(counts[name] ?? images.length));
  const width = columns * (size + gap) - gap;
  const heights = entries.map(([, images]) => heading + (images.length > 0 ? size : 0) + below);
  const height = heights.reduce((sum, own) => sum + own, 0) - below;
  return new PictureDrawing(
    entries.map(([name], index) => `${name}: ${numbers[index]}`).join(", "),
    width * sharpness,
    async () => {
      const canvas = new Canvas(width * sharpness, height * sharpness);
      const texts: string[] = [];
      let top = 0;
      for (const [index, [name, images]] of entries.entries()) {
        const title = fitText(name, width - 90, type.label, 600);
        texts.push(
          textElement(title, 0, top + heading / 2 - 2, { weight: 600 }),
          textElement(
            numbers[index] ?? "",
            textWidth(title, type.label, 600) + 8,
            top + heading / 2 - 2,
            {
              size: type.tick,
              fill: ink.quiet,
            },
          ),
        );
        for (const [column, image] of images.slice(0, columns).entries()) {
          const scale = size * sharpness / Math.max(image.width, image.height);
          const [across, down] = [image.width, image.height].map((side) =>
            Math.max(1, Math.round(side * scale))
          ) as [number, number];
          canvas.paste(
            await resized(image, across, down),
            column * (size + gap) * sharpness,
            (top + heading) * sharpness,
          );
        }
        top += heights[index] ?? 0;
      }
      canvas.draw(texts.join(""), sharpness);
      return canvas;
    },
    { density: sharpness },
  );
}

const gap = 4;
const heading = 24;
const below = 14;
