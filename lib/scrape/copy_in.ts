import { createHash } from "node:crypto";
import type { Download } from "./download.ts";
import { FetchFailure } from "./failure.ts";
import { PartFile } from "./part_file.ts";
import { pictureFormat } from "./picture_format.ts";

/**
 * Takes a picture of this machine, as the engine `folder` lists them, as if it had been fetched. No
 * page of the web can name one: the other engines list nothing but HTTP addresses.
 *
 * @throws FetchFailure
 */
export async function copyIn(
  address: string,
  { maximumBytes, partFolder }: { readonly maximumBytes: number; readonly partFolder: string },
): Promise<Download> {
  const content = await read(new URL(address), maximumBytes);
  const format = pictureFormat(content);
  if (content.length === 0) throw new FetchFailure("empty", { detail: "no bytes" });
  if (!format) {
    throw new FetchFailure("not-a-picture", { detail: "its first bytes are no picture's" });
  }
  const { path } = new PartFile(partFolder, address);
  await Deno.writeFile(path, content);
  const sha256 = createHash("sha256").update(content).digest("hex");
  return { path, sha256, bytes: content.length, format };
}

async function read(file: URL, maximumBytes: number): Promise<Uint8Array> {
  try {
    if ((await Deno.stat(file)).size > maximumBytes) {
      throw new FetchFailure("too-large", { detail: `more than ${maximumBytes} bytes` });
    }
    return await Deno.readFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new FetchFailure("missing", { detail: "no such file" });
    }
    if (error instanceof Deno.errors.PermissionDenied) {
      throw new FetchFailure("refused", { detail: "the file may not be read" });
    }
    throw error;
  }
}
