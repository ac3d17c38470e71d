import type { RgbImage } from "../image/mod.ts";
import { formatNumber } from "./number_format.ts";
import {
  type CaptionOptions,
  picture,
  type PictureDrawing,
  type PictureOptions,
  pictures,
} from "./picture.ts";
import { meanImage } from "./pixel_statistics.ts";

/** The average of pictures of one size; see {@linkcode meanImage} for its pixels. */
export function averageFace(
  images: Iterable<RgbImage>,
  options: PictureOptions = {},
): PictureDrawing {
  return picture(meanImage(images), options);
}

/** The averages of groups of pictures beside each other: by hair colour, by pose. */
export function averageFaces(
  groups: Readonly<Record<string, readonly RgbImage[]>>,
  options: CaptionOptions = {},
): PictureDrawing {
  const captioned = Object.entries(groups)
    .filter(([, images]) => images.length > 0)
    .map(([name, images]) =>
      [
        meanImage(images),
        `${name}\n${formatNumber(images.length)} ${images.length === 1 ? "face" : "faces"}`,
      ] as const
    );
  return pictures(captioned, options);
}
