import { createHash } from "node:crypto";
import { copyIn } from "./copy_in.ts";
import { FetchFailure } from "./failure.ts";
import type { HostGate } from "./host_gate.ts";
import { type Answer, type HttpClient, locationOf } from "./http_client.ts";
import { optOut } from "./opt_out.ts";
import { type Part, PartFile } from "./part_file.ts";
import { isForeignMediaType, type PictureFormat, pictureFormat } from "./picture_format.ts";
import type { RobotsRules } from "./robots.ts";
import { retryAfterSeconds } from "./retry_after.ts";
import type { TdmRules } from "./tdm_rules.ts";

/** What fetching pictures needs. */
export interface DownloadOptions {
  readonly client: HttpClient;
  readonly gate: HostGate;
  readonly robots: RobotsRules;
  readonly tdm: TdmRules;
  /** The product token of our user agent, which opt-outs may name. */
  readonly product: string;
  /** Directives of X-Robots-Tag that are minded. */
  readonly optOuts: readonly string[];
  readonly maximumBytes: number;
  readonly maximumRedirects: number;
  /** Whether an earlier try may have left something to go on with. */
  readonly tried: boolean;
  /** Folder for unfinished files; one that was broken off is gone on with where the host allows. */
  readonly partFolder: string;
  readonly signal?: AbortSignal | undefined;
}

/** A file that has arrived; it is not yet synced to the disk. */
export interface Download {
  /** Path of the unfinished file: move it or delete it. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly format: PictureFormat;
}

/**
 * Fetches the bytes of one picture into a `.part` file. At every hop of a redirect the host's
 * address, robots.txt, tdmrep.json and pace are minded. The size is capped while the bytes arrive,
 * and the first of them must be those of a picture, whatever the address or the host calls it.
 *
 * @param leave gives back the place at the address' host, which the caller has taken
 * @throws FetchFailure
 */
export async function download(
  address: string,
  leave: () => void,
  options: DownloadOptions,
): Promise<Download> {
  const { client, gate, partFolder, tried, maximumRedirects, signal } = options;
  if (address.startsWith("file:")) return await copyIn(address, options).finally(leave);
  const file = new PartFile(partFolder, address);
  const part = tried ? await file.read() : null;
  let url = new URL(address);
  try {
    for (let hop = 0;; hop++) {
      await refuseForbidden(url, options);
      await gate.pace(url.host, signal);
      const resumed = part?.url === url.href ? part : null;
      const answer = await client.get(url, { headers: rangeHeaders(resumed), signal });
      try {
        const next = redirect(answer);
        if (!next) {
          await refuseStatus(answer, file, resumed);
          return await receive(answer, file, resumed, options);
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

async function refuseForbidden(
  url: URL,
  { robots, tdm, signal }: DownloadOptions,
): Promise<void> {
  const verdict = await robots.verdict(url, signal);
  if (verdict === "disallowed") throw new FetchFailure("robots", { detail: url.host });
  if (verdict === "unreachable") {
    throw new FetchFailure("robots-unreachable", { passing: true, detail: url.host });
  }
  const reservation = await tdm.reservation(url, signal);
  if (reservation === "unreachable") {
    throw new FetchFailure("opt-out-unreachable", { passing: true, detail: url.host });
  }
  if (reservation) {
    throw new FetchFailure("opt-out", { detail: `tdmrep.json: ${reservation.location}` });
  }
}

function rangeHeaders(part: Part | null): Record<string, string> {
  return part ? { range: `bytes=${part.bytes}-`, "if-range": part.validator } : {};
}

function redirect(answer: Answer): URL | null {
  if (![301, 302, 303, 307, 308].includes(answer.status)) return null;
  const location = locationOf(answer);
  if (!location) throw new FetchFailure("redirects", { detail: "a redirect to nowhere" });
  return location;
}

/** Lets 200 pass, and 206 where it goes on exactly where the part ends. */
async function refuseStatus(answer: Answer, file: PartFile, part: Part | null): Promise<void> {
  const { status } = answer;
  if (status === 200) return;
  if (part && (status === 206 || status === 416)) {
    const from = /^bytes (\d+)-/.exec(answer.header("content-range") ?? "")?.[1];
    if (status === 206 && Number(from) === part.bytes) return;
    await file.remove();
    throw new FetchFailure("cut-short", { passing: true, detail: "the host sent another range" });
  }
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
  answer: Answer,
  part: PartFile,
  resumed: Part | null,
  { product, optOuts, maximumBytes }: DownloadOptions,
): Promise<Download> {
  const refusal = optOut((name) => answer.headerLines(name), { product, directives: optOuts });
  if (refusal) throw new FetchFailure("opt-out", { detail: refusal });
  const contentType = answer.header("content-type");
  if (isForeignMediaType(contentType)) {
    throw new FetchFailure("not-a-picture", { detail: `sent as ${contentType}` });
  }
  const goesOn = answer.status === 206;
  const hash = createHash("sha256");
  let head = goesOn ? await part.hashInto(hash) : new Uint8Array();
  let format = pictureFormat(head);
  let bytes = goesOn ? resumed!.bytes : 0;
  const tooLarge = () =>
    new FetchFailure("too-large", { detail: `more than ${maximumBytes} bytes` });
  if (bytes + Number(answer.header("content-length") ?? 0) > maximumBytes) throw tooLarge();

  let keep = goesOn || await part.note(answer);
  try {
    using file = await Deno.open(part.path, {
      write: true,
      create: true,
      truncate: !goesOn,
      append: goesOn,
    });
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
    if (keep) await part.remove({ bytes: false });
    return { path: part.path, sha256: hash.digest("hex"), bytes, format };
  } catch (error) {
    if (error instanceof FetchFailure && !error.passing) keep = false;
    if (!keep) await part.remove();
    throw error;
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
