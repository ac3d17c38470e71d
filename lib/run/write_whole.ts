import { open } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Writes a file that is there whole or not at all, whatever happens meanwhile: the content goes into
 * a file beside it, which then takes its name; what a killed process has left there is written over.
 * The folder is made. One writer at a time.
 *
 * @param options `synced` waits until the disk has the content, so that not even a loss of power
 *   leaves an empty file under the name
 */
export async function writeWhole(
  path: string,
  content: Uint8Array | string,
  { synced = false }: { readonly synced?: boolean } = {},
): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const part = `${path}.part`;
  const file = await open(part, "w");
  try {
    await file.writeFile(content);
    if (synced) await file.datasync();
  } finally {
    await file.close();
  }
  await Deno.rename(part, path);
}
