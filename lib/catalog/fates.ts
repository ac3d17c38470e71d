import type { Store } from "./store.ts";

/** What became of one engine's results. */
export interface EngineFates {
  readonly engine: string;
  /** Results that it has listed, repeats within the engine counted once. */
  readonly listed: number;
  /** How many of them are `kept`, still to be fetched (`waiting`), or lost for each reason. */
  readonly fates: Readonly<Record<string, number>>;
}

/** What became of every engine's results; an address that several list counts for each of them. */
export function fatesByEngine(store: Store): EngineFates[] {
  const rows = store.all<{ engine: string; fate: string; count: number }>(
    `SELECT engine,
       CASE pictures.status WHEN 'kept' THEN 'kept' WHEN 'found' THEN 'waiting'
         ELSE pictures.reason END AS fate,
       count(DISTINCT picture_id) AS count
     FROM origins JOIN queries ON queries.id = query_id
       JOIN pictures ON pictures.id = picture_id
     GROUP BY 1, 2 ORDER BY engine, count DESC, fate`,
  );
  return [...Map.groupBy(rows, ({ engine }) => engine)].map(([engine, own]) => ({
    engine,
    listed: own.reduce((sum, { count }) => sum + count, 0),
    fates: Object.fromEntries(own.map(({ fate, count }) => [fate, count])),
  }));
}
