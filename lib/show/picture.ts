import { encodeJpeg, encodePng, type RgbImage } from "../image/mod.ts";
import { Canvas, checkImage, checkImages, resized } from "./canvas.ts";
import { palettePng } from "./palette_png.ts";
import { Drawing, type Encoded } from "./drawing.ts";
import { wrapText } from "./font.ts";
import { textElement } from "./svg.ts";
import { ink, type } from "./theme.ts";

/** A drawing that is one picture, as photographs are. */
export class PictureDrawing extends Drawing {
  readonly #image: () => Promise<RgbImage>;
  #made: Promise<RgbImage> | undefined;

  constructor(
    text: string,
    image: () => Promise<RgbImage>,
    options: { readonly width?: number; readonly encoding?: PictureEncoding } = {},
  ) {
    const { width, encoding = "jpeg" } = options;
    const png = encoding === "jpeg" ? "png" : encoding;
    super({
      text,
      make: async () => [await encodePicture(await this.image(), encoding)],
      files: {
        ".png": async () => (await encodePicture(await this.image(), png)).bytes,
        ".jpg": async () => await encodeJpeg(await this.image(), photographQuality),
      },
      ...(width === undefined ? {} : { width }),
    });
    this.#image = image;
  }

  /** The pixels that are shown. */
  image(): Promise<RgbImage> {
    return this.#made ??= this.#image();
  }
}

/**
 * "jpeg" for photographs, "palette" (a PNG of 256 colours) for drawings, "png" for pictures whose
 * every pixel counts.
 */
export type PictureEncoding = "jpeg" | "palette" | "png";

/** JPEG quality of photographs in a notebook: good to look at, small to store. */
export const photographQuality = 85;

async function encodePicture(image: RgbImage, encoding: PictureEncoding): Promise<Encoded> {
  if (encoding === "jpeg") {
    return { mime: "image/jpeg", bytes: await encodeJpeg(image, photographQuality) };
  }
  const bytes = encoding === "png" ? await encodePng(image) : await palettePng(image);
  return { mime: "image/png", bytes };
}

/** How pictures are laid out. */
export interface PictureOptions {
  /** Width of one picture in pixels. Default: its own, doubled or tripled while it stays small. */
  readonly size?: number;
  /** Default: "jpeg". */
  readonly encoding?: PictureEncoding;
}

/** One picture. Small ones are enlarged smoothly to about 300 pixels. */
export function picture(image: RgbImage, options: PictureOptions = {}): PictureDrawing {
  checkImage(image, "the picture");
  const width = options.size ?? enlarged(image.width, 300);
  const height = Math.max(1, Math.round(image.height * width / image.width));
  return new PictureDrawing(
    `Picture of ${image.width} x ${image.height} pixels`,
    () => resized(image, width, height),
    { ...(options.encoding ? { encoding: options.encoding } : {}) },
  );
}

/** Pictures with captions. */
export interface CaptionOptions extends PictureOptions {
  /** Pictures in a row. Default: as many as fit into about 1000 pixels. */
  readonly columns?: number;
}

/**
 * Pictures beside each other, each with a caption below it; all as high as the first one.
 *
 * @param captioned pairs of a picture and its caption (a line break starts a new line)
 */
export function pictures(
  captioned: readonly (readonly [RgbImage, string])[],
  options: CaptionOptions = {},
): PictureDrawing {
  const images = checkImages(captioned.map(([image]) => image), "pictures");
  const captions = captioned.map(([, caption]) => caption);
  const first = images[0] as RgbImage;
  const size = options.size ?? enlarged(first.width, Math.min(300, 1000 / images.length));
  const height = Math.max(1, Math.round(first.height * size / first.width));
  const widths = images.map((image) =>
    Math.max(1, Math.round(image.width * height / image.height))
  );
  const column = Math.max(...widths);
  const columns = options.columns ??
    Math.min(images.length, Math.max(1, Math.floor((1000 + gap) / (column + gap))));
  const lines = captions.map((caption) => wrapText(caption, column, type.caption));
  const captionHeight = lineHeight * Math.max(...lines.map(({ length }) => length)) + 8;
  const rows = Math.ceil(images.length / columns);
  return new PictureDrawing(
    `${images.length} pictures: ${
      captions.map((caption) => caption.replaceAll("\n", " ")).join("; ")
    }`,
    async () => {
      const canvas = new Canvas(
        columns * (column + gap) - gap,
        rows * (height + captionHeight + rowGap) - rowGap,
      );
      const texts: string[] = [];
      for (const [position, image] of images.entries()) {
        const width = widths[position] ?? column;
        const left = position % columns * (column + gap) + Math.floor((column - width) / 2);
        const top = Math.floor(position / columns) * (height + captionHeight + rowGap);
        canvas.paste(await resized(image, width, height), left, top);
        (lines[position] ?? []).forEach((line, index) =>
          texts.push(
            textElement(line, left + width / 2, top + height + 6 + lineHeight * (index + 0.5), {
              size: type.caption,
              anchor: "middle",
              fill: index === 0 ? ink.text : ink.quiet,
            }),
          )
        );
      }
      canvas.draw(texts.join(""));
      return canvas;
    },
    { ...(options.encoding ? { encoding: options.encoding } : {}) },
  );
}

const gap = 16;
const rowGap = 14;
const lineHeight = 17;

/** The width times the largest whole number that keeps it within the limit; never less than it. */
export function enlarged(width: number, limit: number): number {
  return width * Math.max(1, Math.min(8, Math.floor(limit / width)));
}
