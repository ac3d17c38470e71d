import type { Catalog, QueryRow, SavedPage } from "../catalog/mod.ts";
import {
  type Engine,
  EngineError,
  type EngineErrorReason,
  type Query,
  type ResultPage,
} from "./engine.ts";
import { searchContext, type SearchFetchOptions } from "./search_client.ts";

/** What {@linkcode harvest} needs beside the queries. */
export interface HarvestOptions extends SearchFetchOptions {
  /** Told of every stored page; the next one is read when it has returned. */
  onPage(page: SavedPage): Promise<void>;
  /** Waits until a refusing engine may be asked again; false where that is not in this crawl. */
  sitOut(refusal: EngineError): Promise<boolean>;
}

/** A query to be made, and the most pictures taken from it. */
export interface CrawlQuery extends Query {
  readonly engine: Engine;
  readonly limit: number;
}

interface OpenQuery {
  readonly query: CrawlQuery;
  readonly row: QueryRow;
  pages: AsyncIterator<ResultPage>;
  listed: number;
}

/** Reasons that concern the engine as a whole, not the one query. */
const refusals = new Set<EngineErrorReason>(["blocked", "captcha", "consent", "robots", "key"]);

/**
 * Reads the result pages of one engine's queries into the catalogue, page by page and keyword by
 * keyword in turn. An engine that refuses is left alone for a while; where the crawl does not wait
 * for it, all its queries are closed with the refusal, and a later crawl tries them again.
 */
export async function harvest(
  catalog: Catalog,
  queries: readonly { query: CrawlQuery; row: QueryRow }[],
  { onPage, sitOut, ...fetching }: HarvestOptions,
): Promise<void> {
  let open = queries.map(({ query, row }): OpenQuery => ({
    query,
    row,
    listed: row.listed,
    pages: pagesFrom(query, row.nextPage, fetching),
  }));
  while (open.length > 0) {
    const further: OpenQuery[] = [];
    for (const [index, query] of open.entries()) {
      try {
        if (await readPage(catalog, query, onPage)) further.push(query);
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        if (!refusals.has(error.reason)) {
          close(catalog, [query], "failed", error);
          continue;
        }
        const left = [...open.slice(index), ...further];
        if (!await sitOut(error)) return close(catalog, left, "blocked", error);
        // The stream that threw has ended: its query begins anew with the page that it has reached.
        const { nextPage } = catalog.queries().find(({ id }) => id === query.row.id)!;
        query.pages = pagesFrom(query.query, nextPage, fetching);
        further.push(...open.slice(index));
        break;
      }
    }
    open = further;
  }
}

/** Closes queries that could not be finished. */
export function close(
  catalog: Catalog,
  queries: readonly { readonly row: QueryRow }[],
  status: "blocked" | "failed",
  { reason, message }: { readonly reason: string; readonly message: string },
): void {
  for (const { row } of queries) {
    catalog.finishQuery(row.id, { status, reason, detail: message });
  }
}

function pagesFrom(
  { engine, ...query }: CrawlQuery,
  firstPage: number,
  fetching: SearchFetchOptions,
): AsyncIterator<ResultPage> {
  const context = searchContext(engine.name, firstPage, fetching);
  return engine.search(query, context)[Symbol.asyncIterator]();
}

/** Stores the next page of a query; false when there is nothing more to read. */
async function readPage(
  catalog: Catalog,
  query: OpenQuery,
  onPage: (page: SavedPage) => Promise<void>,
): Promise<boolean> {
  const { row, pages, query: { limit } } = query;
  if (query.listed < limit) {
    const next = await pages.next();
    const end = () => {
      catalog.finishQuery(row.id, { status: query.listed > 0 ? "done" : "empty", reason: "end" });
      return false;
    };
    if (next.done) return end();
    const { number, candidates } = next.value;
    const room = limit - query.listed;
    const saved = catalog.saveCandidates(row.id, { page: number, candidates, room });
    query.listed += saved.listed;
    await onPage(saved);
    if (saved.listed === 0) {
      await pages.return?.();
      return end();
    }
    if (query.listed < limit) return true;
  }
  await pages.return?.();
  catalog.finishQuery(row.id, { status: "done", reason: "limit" });
  return false;
}
