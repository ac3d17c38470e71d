import type { Candidate, Engine, Query } from "./engine.ts";
import { HostGate } from "./host_gate.ts";
import { HttpClient, type HttpClientOptions } from "./http_client.ts";
import { RobotsRules } from "./robots.ts";
import { fetchSearchPage } from "./search_client.ts";
import { defaultUserAgent, productOf } from "./user_agent.ts";

/** What {@linkcode preview} needs beside the query; the same as for a crawl. */
export interface PreviewOptions extends Partial<HttpClientOptions> {
  readonly robotsOnSearchPages?: boolean;
}

/**
 * The first page of results, without a catalogue and without fetching a picture.
 *
 * @throws EngineError where the engine refuses or its answer is not understood
 */
export async function preview(
  { engine, ...query }: Query & { readonly engine: Engine },
  {
    userAgent = defaultUserAgent,
    contact = null,
    timeout = 30,
    allowLoopback = [],
    connectTo = {},
    robotsOnSearchPages = true,
  }: PreviewOptions = {},
): Promise<readonly Candidate[]> {
  using client = new HttpClient({ userAgent, contact, timeout, allowLoopback, connectTo });
  const gate = new HostGate({ concurrency: 1, gap: 0 });
  const robots = robotsOnSearchPages
    ? new RobotsRules(client, { gate, product: productOf(userAgent) })
    : null;
  const pages = engine.search(query, {
    firstPage: 0,
    fetch: (url, { headers = {} } = {}) =>
      fetchSearchPage(engine.name, url, headers, {
        client,
        gate,
        robots,
        attempts: 1,
        backOff: 0,
        longestWait: 0,
      }),
  });
  for await (const { candidates } of pages) return candidates;
  return [];
}
