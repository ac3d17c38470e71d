import { canonicalJson } from "./canonical_json.ts";
import type { Store } from "./store.ts";
import { bare, forgottenAddress } from "./tombstones.ts";

/** What has become of a query. `open` has pages to read; `failed` may be tried again. */
export type QueryStatus = "open" | "done" | "empty" | "blocked" | "failed";

/** A query to be made: a keyword for one engine. */
export interface NewQuery {
  readonly engine: string;
  readonly keyword: string;
  /** Filters in the crawler's own words, or none. */
  readonly filters?: Readonly<Record<string, string>>;
  /** Most pictures taken from this query. */
  readonly limit: number;
}

/** A stored query. */
export interface QueryRow {
  readonly id: number;
  readonly engine: string;
  readonly keyword: string;
  /** Canonical JSON of the filters. */
  readonly filters: string;
  readonly limit: number;
  /** The crawl that first asked it: 0, 1, ... */
  readonly round: number;
  /** Zero-based page at which reading goes on. */
  readonly nextPage: number;
  readonly status: QueryStatus;
  /** Why it ended: `limit`, `end`, or the engine's refusal in a word. */
  readonly reason: string | null;
  readonly detail: string | null;
  /** Pictures that it has listed so far. */
  readonly listed: number;
}

/** What a result page says about one picture. */
export interface NewCandidate {
  /** Absolute URL of the full picture. */
  readonly url: string;
  readonly thumbnailUrl?: string | null;
  /** Page that shows the picture. */
  readonly pageUrl?: string | null;
  readonly title?: string | null;
  readonly author?: string | null;
  readonly licence?: string | null;
  readonly licenceUrl?: string | null;
  /** Size in pixels as the engine states it; it may be wrong. */
  readonly width?: number | null;
  readonly height?: number | null;
}

/** A result page to be stored. */
export interface NewPage {
  /** Zero-based number of the page. */
  readonly page: number;
  readonly candidates: readonly NewCandidate[];
  /** Most new candidates taken from it. Default: all. */
  readonly room?: number;
}

/** What storing a result page came to. */
export interface SavedPage {
  /** How many of the candidates the query had not listed before. */
  readonly listed: number;
  /** The pictures that no query had listed before, those that were taken down left out. */
  readonly found: {
    readonly id: number;
    readonly url: string;
    readonly host: string;
    readonly rank: number;
  }[];
}

const columns = `id, engine, keyword, filters, limit_count AS "limit", round,
  next_page AS nextPage, status, reason, detail,
  (SELECT count(*) FROM origins WHERE query_id = queries.id) AS listed`;

/**
 * Adds the queries of one crawl, all in one transaction. Known ones stay as they are, except that a
 * larger limit opens a finished one again. New ones form a new round.
 *
 * @returns the stored queries in the order given
 */
export function addQueries(store: Store, queries: readonly NewQuery[]): QueryRow[] {
  return store.transaction(() => {
    const round = store.get<{ next: number }>(
      "SELECT coalesce(max(round) + 1, 0) AS next FROM queries",
    )!.next;
    return queries.map(({ engine, keyword, filters = {}, limit }) => {
      const key = { engine, keyword, filters: canonicalJson(filters) };
      store.run(
        `INSERT INTO queries (engine, keyword, filters, limit_count, round, started_at)
         VALUES (:engine, :keyword, :filters, :limit, :round, :now)
         ON CONFLICT DO UPDATE SET limit_count = :limit,
           status = CASE WHEN status = 'done' AND reason = 'limit' AND :limit > limit_count
             THEN 'open' ELSE status END`,
        { ...key, limit, round, now: new Date().toISOString() },
      );
      return store.get<QueryRow>(
        `SELECT ${columns} FROM queries
         WHERE engine = :engine AND keyword = :keyword AND filters = :filters`,
        key,
      )!;
    });
  });
}

/** All queries, by engine and keyword. */
export function queries(store: Store): QueryRow[] {
  return store.all(`SELECT ${columns} FROM queries ORDER BY round, engine, keyword, filters`);
}

/**
 * Stores one result page: its pictures, their ranks (counted on from what the query has listed) and
 * the page to read next, in one transaction. A URL that this query has listed before is skipped; a
 * page without a new one changes nothing; one that has more than there is room for is read again
 * when the limit grows.
 */
export function saveCandidates(
  store: Store,
  queryId: number,
  { page, candidates, room = Infinity }: NewPage,
): SavedPage {
  return store.transaction(() => {
    const found: SavedPage["found"] = [];
    let rank = store.get<{ count: number }>(
      "SELECT count(*) AS count FROM origins WHERE query_id = :queryId",
      { queryId },
    )!.count;
    const before = rank;
    let complete = true;
    for (const candidate of candidates) {
      if (rank - before >= room) {
        complete = false;
        break;
      }
      const { url } = candidate;
      const { host } = new URL(url);
      const picture = store.get<{ id: number }>(
        `INSERT INTO pictures (url, host) VALUES (:url, :host) ON CONFLICT DO NOTHING RETURNING id`,
        { url, host },
      );
      rank += store.run(
        `INSERT INTO origins (picture_id, query_id, rank, page_url, thumbnail_url, title, author,
           licence, licence_url, stated_width, stated_height)
         SELECT id, :queryId, :rank, :pageUrl, :thumbnailUrl, :title, :author,
           :licence, :licenceUrl, :width, :height FROM pictures WHERE url = :url
         ON CONFLICT (query_id, picture_id) DO NOTHING`,
        {
          queryId,
          rank: rank + 1,
          url,
          pageUrl: candidate.pageUrl ?? null,
          thumbnailUrl: candidate.thumbnailUrl ?? null,
          title: candidate.title ?? null,
          author: candidate.author ?? null,
          licence: candidate.licence ?? null,
          licenceUrl: candidate.licenceUrl ?? null,
          width: candidate.width ?? null,
          height: candidate.height ?? null,
        },
      );
      const forgotten = forgottenAddress(store, candidate);
      if (forgotten) bare(store, pictureId(store, url), forgotten);
      else if (picture) found.push({ id: picture.id, url, host, rank });
    }
    const listed = rank - before;
    if (listed > 0) {
      store.run("UPDATE queries SET next_page = :nextPage WHERE id = :queryId", {
        nextPage: complete ? page + 1 : page,
        queryId,
      });
    }
    return { listed, found };
  });
}

const pictureId = (store: Store, url: string) =>
  store.get<{ id: number }>("SELECT id FROM pictures WHERE url = :url", { url })!.id;

/** How a query ended. */
export interface QueryOutcome {
  readonly status: QueryStatus;
  readonly reason?: string | null;
  readonly detail?: string | null;
}

/** Closes a query, or opens it again with status `open`. */
export function finishQuery(
  store: Store,
  queryId: number,
  { status, reason = null, detail = null }: QueryOutcome,
): void {
  store.run(
    `UPDATE queries SET status = :status, reason = :reason, detail = :detail, finished_at = :now
     WHERE id = :queryId`,
    { queryId, status, reason, detail, now: status === "open" ? null : new Date().toISOString() },
  );
}
