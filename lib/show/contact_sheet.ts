import sharp from "sharp";
import { Canvas } from "./canvas.ts";
import { PictureDrawing } from "./picture.ts";

/** How a contact sheet is laid out. */
export interface ContactSheetOptions {
  /** Pictures that there is room for; later ones are left out. Default: 600. */
  readonly room?: number;
  /** Width of the sheet in CSS pixels. Default: 1000. */
  readonly width?: number;
}

/**
 * A sheet that fills up with small squares, one a picture, in the order of arrival, while a stage
 * runs: ask for it anew with every report. Pictures that are on it already are not read again.
 */
export class ContactSheet {
  readonly #canvas: Canvas;
  readonly #side: number;
  readonly #columns: number;
  readonly #room: number;
  /** Files that are on the sheet. */
  readonly #shown = new Set<string>();

  constructor({ room = 600, width = 1000 }: ContactSheetOptions = {}) {
    // Squares with a pixel between them, so many that the sheet is about twice as wide as high.
    this.#columns = Math.ceil(Math.sqrt(2 * room));
    this.#side = Math.max(4, Math.floor(width * density / this.#columns) - 1);
    this.#room = room;
    const rows = Math.ceil(room / this.#columns);
    this.#canvas = new Canvas(
      this.#columns * (this.#side + 1) - 1,
      rows * (this.#side + 1) - 1,
      paper,
    );
  }

  /**
   * The sheet with the pictures of these files added. A file that cannot be read is an empty square.
   *
   * @param files paths, those of earlier calls among them
   */
  with(files: readonly string[]): PictureDrawing {
    return new PictureDrawing(
      `Contact sheet of ${files.length} pictures`,
      this.#canvas.width,
      async () => {
        const fresh = files.filter((file) => !this.#shown.has(file))
          .slice(0, this.#room - this.#shown.size);
        for (const file of fresh) {
          const place = this.#shown.size;
          this.#shown.add(file);
          const tile = await this.#tile(file);
          const step = this.#side + 1;
          const [column, row] = [place % this.#columns, Math.floor(place / this.#columns)];
          if (tile) this.#canvas.paste(tile, column * step, row * step);
        }
        return this.#canvas;
      },
      { density },
    );
  }

  async #tile(file: string) {
    const side = this.#side;
    try {
      const data = await sharp(file).autoOrient().resize(side, side, { fit: "cover" })
        .flatten({ background: "white" }).toColourspace("srgb").raw().toBuffer();
      return { width: side, height: side, data: new Uint8Array(data) };
    } catch {
      return null;
    }
  }
}

const paper = 238;

/** Pixels for a CSS pixel: between small files and sharp faces. */
const density = 1.5;
