import { createHash } from "node:crypto";
import { join } from "node:path";
import { FetchFailure } from "./failure.ts";
import type { HostGate } from "./host_gate.ts";
import type { Answer, HttpClient } from "./http_client.ts";
import { optOut } from "./opt_out.ts";
import { isForeignMediaType, type PictureFormat, pictureFormat } from "./picture_format.ts";
import type { RobotsRules } from "./robots.ts";
import { retryAfterSeconds } from "./retry_after.ts";

/** What fetching pictures needs. */
export interface DownloadOptions {
  readonly client: HttpClient;
  readonly gate: HostGate;
  readonly robots: RobotsRules;
  /** The product token of our user agent, which opt-outs may name. */
  readonly product: string;
  readonly maximumBytes: number;
  readonly maximumRedirects: number;
  /** Folder for the unfinished file. */
  readonly partFolder: string;
  readonly signal?: AbortSignal | undefined;
}

/** A file that has arrived. */
export interface Download {
  /** Path of the unfinished file: move it or delete it. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly format: PictureFormat;
}

/**
 * Fetches the bytes of one picture into a `.part` file. At every hop of a redirect the host's
 * address, robots.txt and pace are minded. The size is capped while the bytes arrive, and the first
 * of them must be those of a picture, whatever the address or the host calls it.
 *
 * @param leave gives back the place at the address' host, which the caller has taken
 * @throws FetchFailure
 */
export async function download(
  address: string,
  leave: () => void,
  options: DownloadOptions,
): Promise<Download> {
  const { client, gate, robots, maximumRedirects, signal } = options;
  let url = new URL(address);
  try {
    for (let hop = 0;; hop++) {
      const verdict = await robots.verdict(url, signal);
      if (verdict === "disallowed") throw new FetchFailure("robots", { detail: url.host });
      if (verdict === "unreachable") {
        throw new FetchFailure("robots-unreachable", { passing: true, detail: url.host });
      }
      await gate.pace(url.host, signal);
      const answer = await client.get(url, { signal });
      try {
        const next = redirect(answer);
        if (!next) {
          refuseStatus(answer);
          return await receive(address, answer, options);
        }
        if (hop >= maximumRedirects) {
          throw new FetchFailure("redirects", { detail: `more than ${maximumRedirects}` });
        }
        url = next;
      } finally {
        answer.discard();
      }
      leave();
      leave = await gate.enter(url.host, signal);
    }
  } finally {
    leave();
  }
}

function redirect(answer: Answer): URL | null {
  if (![301, 302, 303, 307, 308].includes(answer.status)) return null;
  const location = answer.header("location");
  if (!location || !URL.canParse(location, answer.url)) {
    throw new FetchFailure("redirects", { detail: "a redirect to nowhere" });
  }
  return new URL(location, answer.url);
}

function refuseStatus(answer: Answer): void {
  const { status } = answer;
  if (status === 200) return;
  const detail = `status ${status}`;
  const retryAfter = retryAfterSeconds(answer.header("retry-after"));
  if (status === 429) {
    throw new FetchFailure("too-many-requests", { passing: true, detail, retryAfter });
  }
  if (status >= 500 || status === 408) {
    throw new FetchFailure("server-error", { passing: true, detail, retryAfter });
  }
  throw new FetchFailure(status === 404 || status === 410 ? "missing" : "refused", { detail });
}

async function receive(
  address: string,
  answer: Answer,
  { product, maximumBytes, partFolder }: DownloadOptions,
): Promise<Download> {
  const refusal = optOut((name) => answer.headerLines(name), product);
  if (refusal) throw new FetchFailure("opt-out", { detail: refusal });
  const contentType = answer.header("content-type");
  if (isForeignMediaType(contentType)) {
    throw new FetchFailure("not-a-picture", { detail: `sent as ${contentType}` });
  }
  const tooLarge = () =>
    new FetchFailure("too-large", { detail: `more than ${maximumBytes} bytes` });
  if (Number(answer.header("content-length") ?? 0) > maximumBytes) throw tooLarge();

  const name = createHash("sha256").update(address).digest("hex");
  const path = join(partFolder, `${name}.part`);
  const hash = createHash("sha256");
  let bytes = 0;
  let head = new Uint8Array();
  let format: PictureFormat | null = null;
  let complete = false;
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  try {
    for await (const chunk of answer.body) {
      bytes += chunk.length;
      if (bytes > maximumBytes) throw tooLarge();
      if (!format) {
        head = joined(head, chunk.subarray(0, 16));
        format = pictureFormat(head);
        if (!format && head.length >= 16) throw notAPicture(contentType);
      }
      hash.update(chunk);
      for (let written = 0; written < chunk.length;) {
        written += await file.write(chunk.subarray(written));
      }
    }
    if (bytes === 0) throw new FetchFailure("empty", { detail: "no bytes" });
    if (!format) throw notAPicture(contentType);
    await file.syncData();
    complete = true;
    return { path, sha256: hash.digest("hex"), bytes, format };
  } finally {
    if (!complete) await Deno.remove(path);
  }
}

const notAPicture = (contentType: string | null) =>
  new FetchFailure("not-a-picture", {
    detail: `sent as ${contentType ?? "nothing"}, but its first bytes are no picture's`,
  });

function joined(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return both;
}
