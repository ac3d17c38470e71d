import type { Store } from "./store.ts";

/** What a host has been asked. */
export interface Visits {
  readonly host: string;
  readonly requests: number;
  /** Least seconds between the starts of two requests; null after a single one. */
  readonly smallestGap: number | null;
}

/** Adds a crawl's visits to those before. */
export function addVisits(store: Store, rows: Iterable<Visits>): void {
  store.transaction(() => {
    for (const { host, requests, smallestGap } of rows) {
      store.run(
        `INSERT INTO visits (host, requests, smallest_gap) VALUES (:host, :requests, :smallestGap)
         ON CONFLICT DO UPDATE SET requests = requests + :requests,
           smallest_gap = min(coalesce(smallest_gap, :smallestGap),
             coalesce(:smallestGap, smallest_gap))`,
        { host, requests, smallestGap },
      );
    }
  });
}

/** Every host that was asked anything, all crawls together, the most asked first. */
export function visits(store: Store): Visits[] {
  return store.all(
    "SELECT host, requests, smallest_gap AS smallestGap FROM visits ORDER BY requests DESC, host",
  );
}
