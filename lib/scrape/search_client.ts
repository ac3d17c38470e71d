import { delay } from "./delay.ts";
import { EngineError, type SearchContext } from "./engine.ts";
import { FetchFailure } from "./failure.ts";
import type { HostGate } from "./host_gate.ts";
import { type HttpClient, locationOf } from "./http_client.ts";
import type { RobotsRules } from "./robots.ts";
import { retryAfterSeconds } from "./retry_after.ts";

/** A fetched page of an engine. */
export interface TextAnswer {
  readonly url: URL;
  readonly status: number;
  /** Where a redirect leads to (it is not followed), or null. */
  readonly location: URL | null;
  /** Seconds that the engine asks to wait, or null. */
  readonly retryAfter: number | null;
  readonly text: string;
  /** name=value of the cookies that the answer sets. */
  readonly cookies: readonly string[];
}

/** What fetching result pages needs. */
export interface SearchFetchOptions {
  readonly client: HttpClient;
  readonly gate: HostGate;
  /** Null: robots.txt is not asked about result pages. */
  readonly robots: RobotsRules | null;
  readonly attempts: number;
  /** Seconds before the second try; it doubles with every further one. */
  readonly backOff: number;
  /** Longest Retry-After, in seconds, that is waited for. */
  readonly longestWait: number;
  readonly signal?: AbortSignal | undefined;
}

const mostBytes = 8 * 1024 * 1024;

/** What the engine's search is given: it begins with a page, and its pages are fetched politely. */
export function searchContext(
  engine: string,
  firstPage: number,
  options: SearchFetchOptions,
): SearchContext {
  return {
    firstPage,
    fetch: (url, { headers = {} } = {}) => fetchSearchPage(engine, url, headers, options),
  };
}

/**
 * Fetches one result page: paced, robots.txt obeyed, retried for reasons that may pass.
 *
 * @throws EngineError with the reason `robots` or `unreachable`
 */
async function fetchSearchPage(
  engine: string,
  url: URL,
  headers: Readonly<Record<string, string>>,
  { client, gate, robots, attempts, backOff, longestWait, signal }: SearchFetchOptions,
): Promise<TextAnswer> {
  for (let attempt = 1;; attempt++) {
    let wait = backOff * 2 ** (attempt - 1);
    let trouble: string;
    const leave = await gate.enter(url.host, signal);
    try {
      const verdict = await robots?.verdict(url, signal) ?? "allowed";
      if (verdict === "disallowed") {
        throw new EngineError(
          engine,
          "robots",
          `robots.txt of ${url.host} disallows ${url.pathname}`,
        );
      }
      if (verdict === "unreachable") {
        throw new EngineError(engine, "unreachable", `robots.txt of ${url.host} gives no answer`);
      }
      await gate.pace(url.host, signal);
      const answer = await client.get(url, { headers, signal });
      const asked = retryAfterSeconds(answer.header("retry-after"));
      const busy = answer.status === 429 && attempt < attempts && asked !== null &&
        asked <= longestWait;
      if (answer.status < 500 && !busy) {
        return {
          url,
          status: answer.status,
          location: locationOf(answer),
          retryAfter: asked,
          text: await textOf(answer.body),
          cookies: answer.headerLines("set-cookie").map((line) => line.split(";", 1)[0]!.trim()),
        };
      }
      answer.discard();
      trouble = `status ${answer.status}`;
      if (asked !== null) wait = asked;
    } catch (error) {
      if (signal?.aborted || !(error instanceof FetchFailure)) throw error;
      if (!error.passing) throw new EngineError(engine, "unreachable", error.message);
      trouble = error.message;
    } finally {
      leave();
    }
    if (attempt >= attempts || wait > longestWait) {
      throw new EngineError(engine, "unreachable", trouble);
    }
    gate.pause(url.host, wait);
    await delay(wait * 1000, signal);
  }
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostBytes) {
      throw new FetchFailure("too-large", { detail: `a result page above ${mostBytes} bytes` });
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
