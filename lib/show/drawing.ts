import { Buffer } from "node:buffer";
import { currentKernel } from "./kernel.ts";

/** What a notebook stores for one output: MIME types and their content, base64 for pictures. */
export type Bundle = Readonly<Record<string, unknown>>;

/** Bytes of one file format. */
export interface Encoded {
  readonly mime: string;
  readonly bytes: Uint8Array;
}

/** How a {@linkcode Drawing} is made. */
export interface DrawingParts {
  /** One line that says what is seen; the twin of the picture in plain text. */
  readonly text: string;
  /** The representations, made when they are first asked for. */
  readonly make: () => Promise<readonly Encoded[]>;
  /** Further representations that are data and no bytes: HTML, Markdown, plotly's JSON. */
  readonly data?: Bundle | (() => Promise<Bundle>);
  /** Width in CSS pixels at which the picture is meant to be seen. */
  readonly width?: number;
  /** Makes file formats that the notebook does not show, by the file name's extension. */
  readonly files?: Readonly<Record<string, () => Promise<Uint8Array>>>;
}

const displaySymbol: unique symbol = Symbol.for("Jupyter.display");

/**
 * Something to look at. As the last value of a cell a notebook shows it; {@linkcode display} shows it
 * in the middle of a cell; {@linkcode save} writes it to a file. It is drawn when it is first needed.
 */
export class Drawing {
  /** One line that says what is seen. */
  readonly text: string;
  /** Width in CSS pixels at which the picture is meant to be seen, where there is one. */
  readonly width: number | undefined;
  readonly #parts: DrawingParts;
  #encoded: Promise<readonly Encoded[]> | undefined;

  constructor(parts: DrawingParts) {
    this.#parts = parts;
    this.text = parts.text;
    this.width = parts.width;
  }

  /** The picture's bytes in every format that the notebook gets. */
  encoded(): Promise<readonly Encoded[]> {
    return this.#encoded ??= this.#parts.make();
  }

  /** Makers of further file formats, by extension. */
  get files(): Readonly<Record<string, () => Promise<Uint8Array>>> {
    return this.#parts.files ?? {};
  }

  /** What the notebook gets. */
  [displaySymbol](): Promise<Bundle> {
    return this.bundle();
  }

  /**
   * The MIME types and their content that a notebook gets.
   *
   * @param still true leaves out everything but pictures, where there are any
   */
  async bundle({ still = false }: { readonly still?: boolean } = {}): Promise<Bundle> {
    const { data = {} } = this.#parts;
    const encoded = await this.encoded();
    const bundle: Record<string, unknown> = {};
    if (!still || encoded.length === 0) {
      Object.assign(bundle, typeof data === "function" ? await data() : data);
    }
    for (const { mime, bytes } of encoded) bundle[mime] = base64(bytes);
    bundle["text/plain"] ??= this.text;
    return bundle;
  }
}

/** How {@linkcode display} shows a drawing. */
export interface DisplayOptions {
  /** Name of the output: a later drawing under the same name can replace it. */
  readonly id?: string;
  /** True replaces the output of that name. Default: false. */
  readonly update?: boolean;
  /**
   * True shows a chart as its picture only. Default: true under a name, as JupyterLab's plotly
   * renderer draws a chart once and then takes no other in its place.
   */
  readonly still?: boolean;
}

/** Shows a drawing in the middle of a cell, or, in a plain program, prints its text. */
export async function display(drawing: Drawing, options: DisplayOptions = {}): Promise<void> {
  const { id, update, still = id !== undefined } = options;
  const kernel = currentKernel();
  if (!kernel) {
    console.log(drawing.text);
    return;
  }
  await kernel.send(await drawing.bundle({ still }), {
    ...(id === undefined ? {} : { id }),
    ...(update === undefined ? {} : { update }),
    ...(drawing.width === undefined ? {} : { width: drawing.width }),
  });
}

/** Base64 of bytes. */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
