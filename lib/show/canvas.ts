import { resizeImage, type RgbImage } from "../image/mod.ts";
import { rasterize, svgDocument } from "./svg.ts";

/** How pixels between pixels are made when a picture grows. */
export type Enlarging = "smooth" | "blocks";

/** A sheet of paper that pictures are laid on. */
export class Canvas implements RgbImage {
  readonly data: Uint8Array;

  constructor(readonly width: number, readonly height: number, paper = 255) {
    this.data = new Uint8Array(width * height * 3).fill(paper);
  }

  /** Lays a picture with its top left corner at (x, y); what lies outside is cut off. */
  paste(image: RgbImage, x: number, y: number): void {
    const from = Math.max(0, -x);
    const columns = Math.min(image.width, this.width - x) - from;
    if (columns <= 0) return;
    for (let row = Math.max(0, -y); row < Math.min(image.height, this.height - y); row++) {
      const source = (row * image.width + from) * 3;
      const target = ((y + row) * this.width + x + from) * 3;
      this.data.set(image.data.subarray(source, source + columns * 3), target);
    }
  }

  /** Draws SVG elements over everything; their unit is `scale` pixels. */
  draw(content: string, scale = 1): void {
    if (content === "") return;
    const over = rasterize(svgDocument(this.width / scale, this.height / scale, content), {
      scale,
    });
    const width = Math.min(this.width, over.width);
    const height = Math.min(this.height, over.height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const source = (y * over.width + x) * 4;
        const alpha = (over.data[source + 3] ?? 0) / 255;
        if (alpha === 0) continue;
        const target = (y * this.width + x) * 3;
        for (let channel = 0; channel < 3; channel++) {
          const below = this.data[target + channel] ?? 0;
          this.data[target + channel] = Math.round(
            (over.data[source + channel] ?? 0) + (1 - alpha) * below,
          );
        }
      }
    }
  }
}

/** A picture in another size; the whole picture is kept, its proportions are not. */
export async function resized(
  image: RgbImage,
  width: number,
  height: number,
  enlarging: Enlarging = "smooth",
): Promise<RgbImage> {
  const kernel = enlarging === "blocks" && width >= image.width ? "nearest" : "lanczos3";
  return await resizeImage(image, { width, height, kernel });
}

/** Throws where a value is no picture whose bytes fit its size. */
export function checkImage(image: RgbImage, what: string): void {
  const { width, height, data } = image ?? {};
  const whole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (!whole || data?.length !== width * height * 3) {
    throw new TypeError(
      `Expected ${what} to be a picture {width, height, data} with width * height * 3 bytes but ` +
        `found ${width} x ${height} with ${data?.length ?? "no"} bytes`,
    );
  }
}

/** The pictures as a list, checked; throws where there are none or where one is broken. */
export function checkImages(images: Iterable<RgbImage>, what: string): RgbImage[] {
  const list = [...images];
  if (list.length === 0) throw new RangeError(`Expected at least one picture for ${what}`);
  list.forEach((image, position) => checkImage(image, `picture ${position} of ${what}`));
  return list;
}
