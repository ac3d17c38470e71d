import { createHash, type Hash } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Answer } from "./http_client.ts";

/** What is on disk of a download that was broken off, and how the host knows it again. */
export interface Part {
  /** The address that sent the bytes, after redirects. */
  readonly url: string;
  /** A strong ETag, or the time of the last change. */
  readonly validator: string;
  readonly bytes: number;
}

/** Bodies below this many bytes are fetched whole again: asking for a range would not save much. */
const leastBytes = 64 * 1024;

/**
 * The unfinished file of one address, named by a hash of it, and beside it a note by which the
 * download can go on: RFC 9110, 14.2 (Range) and 13.1.5 (If-Range).
 */
export class PartFile {
  readonly path: string;
  readonly #note: string;

  constructor(folder: string, address: string) {
    this.path = join(folder, partName(address));
    this.#note = `${this.path}.json`;
  }

  /** What an earlier try has left, or null. */
  async read(): Promise<Part | null> {
    try {
      const { url, validator } = JSON.parse(await Deno.readTextFile(this.#note));
      const { size: bytes } = await Deno.stat(this.path);
      return bytes > 0 ? { url, validator, bytes } : null;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return null;
      throw error;
    }
  }

  /** Hashes the bytes that are there, and returns the first of them. */
  async hashInto(hash: Hash): Promise<Uint8Array> {
    using file = await Deno.open(this.path);
    let head: Uint8Array | null = null;
    for await (const chunk of file.readable) {
      head ??= chunk.slice(0, 16);
      hash.update(chunk);
    }
    return head ?? new Uint8Array();
  }

  /** Notes how the download can go on, where the host allows it; returns whether it does. */
  async note(answer: Answer): Promise<boolean> {
    const etag = answer.header("etag");
    const validator = etag?.startsWith('"') ? etag : answer.header("last-modified");
    const length = Number(answer.header("content-length") ?? 0);
    if (answer.status !== 200 || !validator || length < leastBytes) return false;
    if (answer.header("accept-ranges")?.trim().toLowerCase() === "none") return false;
    await Deno.writeTextFile(this.#note, JSON.stringify({ url: answer.url.href, validator }));
    return true;
  }

  /** Removes the note, and the bytes unless they are told to stay. */
  async remove({ bytes = true }: { bytes?: boolean } = {}): Promise<void> {
    if (bytes) await rm(this.path, { force: true });
    await rm(this.#note, { force: true });
  }
}

/**
 * Removes what belongs to none of the addresses, and the folder where nothing is left.
 *
 * @param addresses asked for only where there are files
 */
export async function tidyParts(
  folder: string,
  addresses: () => readonly string[],
): Promise<void> {
  const files = Array.from(Deno.readDirSync(folder), ({ name }) => name);
  const wanted = new Set(files.length > 0 ? addresses().map(partName) : []);
  let left = 0;
  for (const name of files) {
    const note = files.includes(`${name}.json`) || name.endsWith(".json");
    if (note && wanted.has(name.replace(/\.json$/, ""))) left++;
    else await Deno.remove(join(folder, name));
  }
  if (left === 0) await Deno.remove(folder);
}

const partName = (address: string) => `${createHash("sha256").update(address).digest("hex")}.part`;
