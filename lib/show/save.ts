import { extname } from "node:path";
import sharp from "sharp";
import { writeWhole } from "../run/mod.ts";
import type { Drawing } from "./drawing.ts";

const mimeOf: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
};

const textOf: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".md": "text/markdown",
  ".txt": "text/plain",
  ".json": "application/vnd.plotly.v1+json",
};

/**
 * Writes a drawing to a file, in the format that the path's extension names; missing folders are
 * made, and the file appears whole or not at all.
 *
 * @returns the path
 * @throws TypeError where the drawing cannot be written in that format
 */
export async function save(drawing: Drawing, path: string): Promise<string> {
  const bytes = await fileBytes(drawing, extname(path).toLowerCase());
  await writeWhole(path, bytes);
  return path;
}

async function fileBytes(drawing: Drawing, extension: string): Promise<Uint8Array | string> {
  const maker = drawing.files[extension];
  if (maker) return await maker();
  const text = (await drawing.bundle())[textOf[extension] ?? ""];
  if (text !== undefined) return typeof text === "string" ? text : JSON.stringify(text);
  const mime = mimeOf[extension];
  const pictures = await drawing.encoded();
  const exact = pictures.find((encoded) => encoded.mime === mime);
  if (exact) return exact.bytes;
  const [other] = pictures;
  if (other && (extension === ".png" || extension === ".jpg" || extension === ".webp")) {
    return new Uint8Array(
      await sharp(other.bytes).toFormat(extension.slice(1) as "png").toBuffer(),
    );
  }
  const possible = [...Object.keys(drawing.files), ...pictures.map(({ mime }) => mime)];
  throw new TypeError(
    `Expected a file name whose extension fits "${drawing.text}" (${possible.join(", ")}) but ` +
      `found "${extension}"`,
  );
}
