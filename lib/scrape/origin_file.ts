import { FetchFailure } from "./failure.ts";
import type { HostGate } from "./host_gate.ts";
import { type HttpClient, locationOf } from "./http_client.ts";
import { retryAfterSeconds } from "./retry_after.ts";

/** What an {@linkcode OriginFile} needs. */
export interface OriginFileOptions<Rules> {
  readonly client: HttpClient;
  readonly gate: HostGate;
  /** Reads the file's text; null where the host has none. */
  readonly parse: (text: string | null, origin: URL) => Rules;
}

const mostBytes = 512 * 1024;
const mostRedirects = 5;

/**
 * A file at one path of every origin that says what a visitor may do, read as RFC 9309 (2.3.1) has it:
 * status 4xx means that there is none, 5xx, 429 and silence mean that the host cannot be asked; up
 * to five redirects are followed. It is asked for once an origin and kept for the life of the
 * object (a crawl, less than the 24 hours that are allowed).
 */
export class OriginFile<Rules> {
  readonly #path: string;
  readonly #options: OriginFileOptions<Rules>;
  readonly #answers = new Map<string, Promise<Rules | null>>();

  constructor(path: string, options: OriginFileOptions<Rules>) {
    this.#path = path;
    this.#options = options;
  }

  /**
   * The rules of the URL's origin, or null where it gives no answer.
   *
   * @throws FetchFailure where the host itself cannot or must not be reached
   */
  of(url: URL, signal?: AbortSignal): Promise<Rules | null> {
    let answer = this.#answers.get(url.origin);
    if (!answer) {
      answer = this.#read(url, signal);
      this.#answers.set(url.origin, answer);
      // An interrupted request says nothing of the host.
      answer.catch(() => this.#answers.delete(url.origin));
    }
    return answer;
  }

  async #read(from: URL, signal?: AbortSignal): Promise<Rules | null> {
    const { client, gate, parse } = this.#options;
    // The rules are those of the origin that was asked, wherever the file lies.
    const origin = new URL(this.#path, from);
    let url = origin;
    let hop = 0;
    try {
      for (; hop <= mostRedirects; hop++) {
        await gate.pace(url.host, signal);
        const answer = await client.get(url, { signal });
        const location = locationOf(answer);
        if (location) {
          answer.discard();
          url = location;
          continue;
        }
        if (answer.status === 200) return parse(await text(answer.body), origin);
        answer.discard();
        if (answer.status !== 429 && answer.status < 500) return parse(null, origin);
        const wait = retryAfterSeconds(answer.header("retry-after"));
        if (wait !== null) {
          gate.pause(url.host, wait);
          // After the pause the host may be asked again.
          this.#answers.delete(from.origin);
        }
        return null;
      }
      return parse(null, origin);
    } catch (error) {
      if (!(error instanceof FetchFailure)) throw error;
      // These say something of the host itself, whatever the path.
      const ofHost = ["private-address", "no-such-host", "not-http", "told-to-wait"];
      if (hop === 0 && ofHost.includes(error.reason)) throw error;
      return null;
    }
  }
}

/** The first half mebibyte as text. */
async function text(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let content = "";
  let bytes = 0;
  for await (const chunk of body) {
    content += decoder.decode(chunk, { stream: true });
    bytes += chunk.length;
    if (bytes >= mostBytes) break;
  }
  return content + decoder.decode();
}
