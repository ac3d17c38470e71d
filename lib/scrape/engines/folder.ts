import { extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Engine } from "../engine.ts";
import { listEngine } from "../list_engine.ts";

const extensions = new Set([".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"]);

/**
 * The pictures of a folder and its subfolders, in the order of their paths, in place of a search;
 * the keyword only names it in the catalogue. Links are not followed.
 *
 * @throws Deno.errors.NotFound at the first page where the folder does not exist
 */
export function folder(path: string): Engine {
  return listEngine(
    "folder",
    () =>
      picturesBelow(resolve(path)).sort().map((file) => ({
        url: pathToFileURL(file).href,
        title: file.slice(resolve(path).length + 1),
      })),
  );
}

function picturesBelow(path: string): string[] {
  return [...Deno.readDirSync(path)].flatMap((entry) => {
    const inside = join(path, entry.name);
    if (entry.isDirectory) return picturesBelow(inside);
    return entry.isFile && extensions.has(extname(entry.name).toLowerCase()) ? [inside] : [];
  });
}
