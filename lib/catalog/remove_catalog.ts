import { rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

/**
 * Deletes a catalogue and the pictures and crops that lie beside it. It must not be open. A catalogue
 * that is not there is no error.
 */
export async function removeCatalog(path: string): Promise<void> {
  const folder = dirname(resolve(path));
  const files = [
    path,
    `${path}-wal`,
    `${path}-shm`,
    join(folder, "pictures"),
    join(folder, "crops"),
  ];
  for (const file of files) await rm(file, { recursive: true, force: true });
}
