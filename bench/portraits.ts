import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type FaceTensors, faceTensors } from "../lib/train/mod.ts";

const folder = fileURLToPath(new URL("../../shared/faces/kpop-synthetic", import.meta.url));

/** The generated portraits beside the repository, sorted by name; none where there is no such folder. */
export function portraitFiles(): string[] {
  if (!existsSync(folder)) return [];
  return [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => /\.(jpe?g|png|webp)$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** The portraits as tensors, the last 100 held out; null where there are none. */
export async function portraits(size: number): Promise<FaceTensors | null> {
  const files = portraitFiles();
  return files.length === 0 ? null : await faceTensors(files, { size, heldOut: 100, seed: null });
}
