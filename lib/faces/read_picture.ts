import type { Catalog } from "../catalog/mod.ts";
import { decodeImage, type RgbImage } from "../image/mod.ts";

/** A picture, or why there is none. */
export type ReadPicture =
  | { readonly image: RgbImage; readonly failure: null }
  | { readonly image: null; readonly failure: string };

/** Reads a picture of the catalogue; what is wrong with it is an answer, not an end of the stage. */
export async function readPicture(catalog: Catalog, file: string | null): Promise<ReadPicture> {
  if (!file) return { image: null, failure: "The catalogue names no file for this picture" };
  try {
    return { image: await decodeImage(await Deno.readFile(catalog.resolve(file))), failure: null };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { image: null, failure: `No file ${file}` };
    if (!(error instanceof Error)) throw error;
    return { image: null, failure: error.message };
  }
}
