import type { Candidate, Engine, Query, ResultPage } from "./engine.ts";
import { HostGate } from "./host_gate.ts";
import { HttpClient, type HttpClientOptions } from "./http_client.ts";
import { RobotsRules } from "./robots.ts";
import { searchContext } from "./search_client.ts";
import { productOf } from "./user_agent.ts";

/** What searching without a catalogue needs beside the query; the same as for a crawl. */
export interface SearchOptions extends HttpClientOptions {
  readonly robotsOnSearchPages?: boolean;
  /** Seconds between the starts of two requests. Default: 0.25. */
  readonly gap?: number;
}

/**
 * What an engine finds, one after the other, without a catalogue and without fetching a picture. The
 * next page is asked for when it is needed; the stream ends at the query's limit.
 *
 * @throws EngineError where the engine refuses or its answer is not understood
 */
export async function* candidates(
  query: Query & { readonly engine: Engine },
  options: SearchOptions = {},
): AsyncGenerator<Candidate> {
  let left = query.limit ?? Infinity;
  for await (const page of pages(query, options)) {
    for (const candidate of page.candidates) {
      if (left-- <= 0) return;
      yield candidate;
    }
    if (left <= 0) return;
  }
}

/** As {@linkcode candidates}, but no more than the first page. */
export async function preview(
  query: Query & { readonly engine: Engine },
  options: SearchOptions = {},
): Promise<readonly Candidate[]> {
  for await (const { candidates } of pages(query, options)) return candidates;
  return [];
}

async function* pages(
  { engine, ...query }: Query & { readonly engine: Engine },
  { robotsOnSearchPages = true, gap = 0.25, ...asking }: SearchOptions,
): AsyncGenerator<ResultPage> {
  using client = new HttpClient(asking);
  const gate = new HostGate({ concurrency: 1, gap });
  const robots = robotsOnSearchPages
    ? new RobotsRules(client, { gate, product: productOf(asking.userAgent) })
    : null;
  const fetching = { client, gate, robots, attempts: 1, backOff: 0, longestWait: 0 };
  yield* engine.search(query, searchContext(engine.name, 0, fetching));
}
