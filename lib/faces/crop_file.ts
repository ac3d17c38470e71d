import { createHash } from "node:crypto";
import type { Catalog } from "../catalog/mod.ts";
import { encodePng, type RgbImage } from "../image/mod.ts";
import { writeWhole } from "../run/mod.ts";

/**
 * Path of a face's crop, relative to the catalogue's folder. Crops of other settings lie in other
 * folders, so that several sets can stand side by side.
 */
export function cropPath(sha256: string, position: number, settings: string): string {
  const set = createHash("sha256").update(settings).digest("hex").slice(0, 12);
  return ["crops", set, sha256.slice(0, 2), `${sha256}-${position}.png`].join("/");
}

/** Writes a crop; the file is there whole or not at all. */
export async function writeCrop(
  catalog: Pick<Catalog, "resolve">,
  path: string,
  image: RgbImage,
): Promise<void> {
  await writeWhole(catalog.resolve(path), await encodePng(image));
}
