import { encodePng, type RgbImage } from "../image/mod.ts";
import { Canvas, checkImage, checkImages, resized } from "./canvas.ts";
import { palettePng } from "./palette_png.ts";
import { denseJpeg } from "./dense_jpeg.ts";
import { Drawing } from "./drawing.ts";
import { wrapText } from "./font.ts";
import { textElement } from "./svg.ts";
import { ink, sharpness, type } from "./theme.ts";

/** How a {@linkcode PictureDrawing} is stored. */
export interface PictureStorage {
  /** Default: "jpeg". */
  readonly encoding?: PictureEncoding;
  /** Pixels for a CSS pixel. Default: 1. */
  readonly density?: number;
  /** True where 256 colours are enough for a PNG file of it. Default: false. */
  readonly fewColours?: boolean;
}

/** "jpeg" for photographs, "png" for pictures whose every pixel counts. */
export type PictureEncoding = "jpeg" | "png";

/** A drawing that is one picture, as photographs are. */
export class PictureDrawing extends Drawing {
  readonly #image: () => Promise<RgbImage>;
  #made: Promise<RgbImage> | undefined;

  /**
   * @param text one line that says what is seen
   * @param width width in pixels
   * @param image makes the picture when it is first needed
   */
  constructor(
    text: string,
    width: number,
    image: () => Promise<RgbImage>,
    { encoding = "jpeg", density = 1, fewColours = false }: PictureStorage = {},
  ) {
    const png = async () =>
      fewColours
        ? await palettePng(await this.image(), 96 * density)
        : await encodePng(await this.image());
    const jpeg = async () => await denseJpeg(await this.image(), density, photographQuality);
    super({
      text,
      make: async () => [
        encoding === "png"
          ? { mime: "image/png", bytes: await png() }
          : { mime: "image/jpeg", bytes: await jpeg() },
      ],
      files: { ".png": png, ".jpg": jpeg },
      width: Math.round(width / density),
    });
    this.#image = image;
  }

  /** The pixels that are shown. */
  image(): Promise<RgbImage> {
    return this.#made ??= this.#image();
  }
}

/** JPEG quality of photographs in a notebook: good to look at, small to store. */
const photographQuality = 85;

/** How pictures are laid out. */
export interface PictureOptions {
  /** Width of one picture in pixels. Default: its own, doubled or tripled while it stays small. */
  readonly size?: number;
  /** Default: "jpeg". */
  readonly encoding?: PictureEncoding;
}

/** One picture. Small ones are enlarged smoothly to about 300 pixels, large ones shrunken to 1000. */
export function picture(image: RgbImage, options: PictureOptions = {}): PictureDrawing {
  checkImage(image, "the picture");
  const width = options.size ?? Math.min(1000, enlarged(image.width, 300));
  const height = Math.max(1, Math.round(image.height * width / image.width));
  return new PictureDrawing(
    `Picture of ${image.width} x ${image.height} pixels`,
    width,
    () => resized(image, width, height),
    options,
  );
}

/** How pictures with captions are laid out. */
export interface CaptionOptions extends PictureOptions {
  /** Width of the first picture in CSS pixels: two pixels each. */
  readonly size?: number;
  /** Pictures in a row. Default: as many as fit into about 1000 CSS pixels. */
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
  const size = options.size ??
    Math.max(64, Math.min(first.width > 256 ? 300 : 220, Math.floor(960 / images.length) - gap));
  const height = Math.max(1, Math.round(first.height * size / first.width));
  const widths = images.map((image) =>
    Math.max(1, Math.round(image.width * height / image.height))
  );
  const column = Math.max(...widths);
  const columns = options.columns ??
    Math.min(images.length, Math.max(1, Math.floor((1000 + gap) / (column + gap))));
  const lines = captions.map((caption) =>
    caption.split("\n").flatMap((paragraph, index) =>
      wrapText(paragraph, column, type.caption).map((line) => ({
        line,
        fill: fills[index] ?? ink.quiet,
      }))
    )
  );
  const captionHeight = lineHeight * Math.max(...lines.map(({ length }) => length)) + 8;
  const rows = Math.ceil(images.length / columns);
  const width = columns * (column + gap) - gap;
  return new PictureDrawing(
    `${images.length} pictures: ${captions.map((text) => text.replaceAll("\n", " ")).join("; ")}`,
    width * sharpness,
    async () => {
      const canvas = new Canvas(
        width * sharpness,
        (rows * (height + captionHeight + rowGap) - rowGap) * sharpness,
      );
      const texts: string[] = [];
      for (const [position, image] of images.entries()) {
        const own = widths[position] ?? column;
        const left = position % columns * (column + gap) + Math.floor((column - own) / 2);
        const top = Math.floor(position / columns) * (height + captionHeight + rowGap);
        const sharp = await resized(image, own * sharpness, height * sharpness);
        canvas.paste(sharp, left * sharpness, top * sharpness);
        (lines[position] ?? []).forEach(({ line, fill }, index) =>
          texts.push(
            textElement(line, left + own / 2, top + height + 6 + lineHeight * (index + 0.5), {
              size: type.caption,
              anchor: "middle",
              fill,
            }),
          )
        );
      }
      canvas.draw(texts.join(""), sharpness);
      return canvas;
    },
    { ...options, density: sharpness },
  );
}

/** Colours of the first line of a caption and of those below. */
const fills = [ink.text, ink.quiet];
const gap = 16;
const rowGap = 14;
const lineHeight = 17;

/** The width times the largest whole number that keeps it within the limit; never less than it. */
export function enlarged(width: number, limit: number): number {
  return width * Math.max(1, Math.min(8, Math.floor(limit / width)));
}
