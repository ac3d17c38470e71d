import type { NewCandidate } from "../catalog/mod.ts";
import type { Filters, FilterWords } from "./filters.ts";
import type { TextAnswer } from "./search_client.ts";

/** What a result page says about one picture. */
export type Listing = NewCandidate;

/** A picture that a search has found. */
export interface Candidate extends Listing {
  /** Name of the engine. */
  readonly engine: string;
  /** Place among the engine's results for the query: 1, 2, ... */
  readonly rank: number;
}

/** A search for pictures. */
export interface Query {
  readonly keyword: string;
  /** What the engine is to leave out; one that it cannot filter by is an error. */
  readonly filters?: Filters;
  /** Most pictures taken; minded by who reads the pages. Default: all. */
  readonly limit?: number;
  /** Results passed over at the beginning. Default: 0. */
  readonly offset?: number;
}

/** One page of results. */
export interface ResultPage {
  /** Zero-based number of the page. */
  readonly number: number;
  /** Listed pictures in the order of the page. */
  readonly candidates: readonly Candidate[];
}

/** What a search is given to work with. */
export interface SearchContext {
  /** Zero-based page to begin with: a search that was interrupted goes on there. */
  readonly firstPage: number;
  /** Fetches one page politely: paced, retried, robots.txt obeyed, redirects not followed. */
  fetch(url: URL, options?: { headers?: Readonly<Record<string, string>> }): Promise<TextAnswer>;
}

/** A source of candidates. */
export interface Engine {
  /** Name under which the catalogue keeps its queries. */
  readonly name: string;
  /** What it can filter by, and in which words; see `filterTable`. */
  readonly filters: FilterWords;
  /**
   * Pages of results, lazily: the next page is fetched when it is asked for. The stream ends after
   * the last page; a search that finds nothing ends without a page.
   *
   * @throws EngineError where the engine refuses or its answer is not understood
   */
  search(query: Query, context: SearchContext): AsyncIterable<ResultPage>;
}

/** Where an engine's pages are. */
export interface EngineOptions {
  /** Base URL in place of the engine's own: "http://google.sample". */
  readonly endpoint?: string;
}

/**
 * Why a search cannot go on.
 *
 * - `blocked`: the engine refuses (403, 429, its page against robots)
 * - `captcha`: it asks for a proof of being human
 * - `consent`: it shows a consent page in place of results
 * - `robots`: its robots.txt disallows the result pages
 * - `key`: it does not accept the key of its programming interface
 * - `filter`: it does not have a filter that the query asks for
 * - `format-changed`: the answer is neither results nor an honest "nothing found"
 * - `unreachable`: no answer, or server errors, after every retry
 */
export type EngineErrorReason =
  | "blocked"
  | "captcha"
  | "consent"
  | "robots"
  | "key"
  | "filter"
  | "format-changed"
  | "unreachable";

/** A search that cannot go on, with its reason. An empty result is not an error. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  /** Why; see {@linkcode EngineErrorReason}. */
  readonly reason: EngineErrorReason;
  /** Seconds that the engine itself asks to wait, or null. */
  readonly retryAfter: number | null;

  constructor(
    engine: string,
    reason: EngineErrorReason,
    detail: string,
    { retryAfter, ...options }: ErrorOptions & { retryAfter?: number | null | undefined } = {},
  ) {
    super(`${engine}: ${detail}`, options);
    this.reason = reason;
    this.retryAfter = retryAfter ?? null;
  }
}

/** The engine shows a puzzle in place of results. */
export function captcha(
  engine: string,
  options?: { retryAfter?: number | null },
): EngineError {
  return new EngineError(engine, "captcha", "asked to prove that no robot is searching", options);
}
