import type { Catalog, QueryRow, SavedPage } from "../catalog/mod.ts";
import { type Engine, EngineError, type Query, type ResultPage } from "./engine.ts";
import { fetchSearchPage, type SearchFetchOptions } from "./search_client.ts";

/** A query to be made, and the most pictures taken from it. */
export interface CrawlQuery extends Query {
  readonly engine: Engine;
  readonly limit: number;
}

interface OpenQuery {
  readonly row: QueryRow;
  readonly limit: number;
  readonly pages: AsyncIterator<ResultPage>;
  listed: number;
}

/**
 * Reads the result pages of one engine's queries into the catalogue, page by page and keyword by
 * keyword in turn. An engine that refuses is left alone: its other queries are closed with the same
 * reason, and a later crawl tries them again.
 *
 * @param onPage is told of every stored page
 */
export async function harvest(
  catalog: Catalog,
  queries: readonly { query: CrawlQuery; row: QueryRow }[],
  { onPage, ...fetching }: SearchFetchOptions & { onPage(page: SavedPage): void },
): Promise<void> {
  let open: OpenQuery[] = queries.map(({ query, row }) => ({
    row,
    limit: query.limit,
    listed: row.listed,
    pages: query.engine.search(query, {
      firstPage: row.nextPage,
      fetch: (url, { headers = {} } = {}) =>
        fetchSearchPage(query.engine.name, url, headers, fetching),
    })[Symbol.asyncIterator](),
  }));
  while (open.length > 0) {
    const further: OpenQuery[] = [];
    for (const query of open) {
      try {
        if (await readPage(catalog, query, onPage)) further.push(query);
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        const { reason, message } = error;
        const refused = ["blocked", "captcha", "consent", "robots"].includes(reason);
        const status = refused ? "blocked" : "failed";
        const affected = refused ? new Set([query, ...further, ...after(open, query)]) : [query];
        for (const { row } of affected) {
          catalog.finishQuery(row.id, { status, reason, detail: message });
        }
        if (refused) return;
      }
    }
    open = further;
  }
}

/** Stores the next page of a query; false when there is nothing more to read. */
async function readPage(
  catalog: Catalog,
  query: OpenQuery,
  onPage: (page: SavedPage) => void,
): Promise<boolean> {
  const { row, limit, pages } = query;
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
    onPage(saved);
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

const after = <Item>(items: readonly Item[], item: Item) => items.slice(items.indexOf(item) + 1);
