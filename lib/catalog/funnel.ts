import type { Store } from "./store.ts";

/** One stage of the funnel: what has passed it, and what was lost on the way there. */
export interface FunnelStep {
  /** "listed", "distinct", "fetched", "kept", then "faces", "usable", "selected" once they exist. */
  readonly stage: string;
  /** What is counted: "results", "pictures", "faces". */
  readonly unit: string;
  readonly count: number;
  /** Losses between the stage before and this one, the largest first. */
  readonly lost: readonly { readonly reason: string; readonly count: number }[];
}

/** Which settings to count for; not needed where the catalogue holds one kind only. */
export interface FunnelOptions {
  readonly normalization?: string;
  readonly selection?: string;
}

/**
 * Counts for every stage and reason, from the search results to the selected faces.
 *
 * @throws Error where several settings are stored and none was named
 */
export function funnel(
  store: Store,
  { normalization, selection }: FunnelOptions = {},
): FunnelStep[] {
  const count = (sql: string, values = {}) =>
    store.get<{ count: number }>(`SELECT count(*) AS count FROM ${sql}`, values)!.count;
  const lost = (sql: string, values = {}) =>
    store.all<{ reason: string; count: number }>(
      `SELECT reason, count(*) AS count FROM ${sql}
       GROUP BY reason ORDER BY count DESC, reason`,
      values,
    );

  const listed = count("origins");
  const distinct = count("pictures");
  const afterFetching = "reason IN ('duplicate', 'too-small')";
  const steps: FunnelStep[] = [
    { stage: "listed", unit: "results", count: listed, lost: [] },
    {
      stage: "distinct",
      unit: "pictures",
      count: distinct,
      lost: listed > distinct ? [{ reason: "listed-before", count: listed - distinct }] : [],
    },
    {
      stage: "fetched",
      unit: "pictures",
      count: count(`pictures WHERE status = 'kept' OR ${afterFetching}`),
      lost: lost(`(SELECT coalesce(reason, 'not-fetched-yet') AS reason FROM pictures
        WHERE status <> 'kept' AND NOT coalesce(${afterFetching}, 0))`),
    },
    {
      stage: "kept",
      unit: "pictures",
      count: count("pictures WHERE status = 'kept'"),
      lost: lost(`pictures WHERE status <> 'kept' AND ${afterFetching}`),
    },
  ];

  const settings = normalization ?? theOnly(store, "normalizations", "normalization");
  if (settings === null) return steps;
  const kept = "JOIN pictures ON pictures.id = picture_id AND pictures.status = 'kept'";
  steps.push(
    {
      stage: "with a face",
      unit: "pictures",
      count: count(
        `normalizations ${kept} WHERE settings = :settings AND normalizations.status = 'done'`,
        { settings },
      ),
      lost: lost(
        `(SELECT coalesce(normalizations.reason, 'not-normalized-yet') AS reason FROM pictures
          LEFT JOIN normalizations ON pictures.id = picture_id AND settings = :settings
          WHERE pictures.status = 'kept' AND coalesce(normalizations.status, '') <> 'done')`,
        { settings },
      ),
    },
    {
      stage: "faces",
      unit: "faces",
      count: count(`faces ${kept} WHERE settings = :settings`, { settings }),
      lost: [],
    },
    {
      stage: "usable",
      unit: "faces",
      count: count(`faces ${kept} WHERE settings = :settings AND faces.reason IS NULL`, {
        settings,
      }),
      lost: lost(
        `(SELECT faces.reason FROM faces ${kept}
          WHERE settings = :settings AND faces.reason IS NOT NULL)`,
        { settings },
      ),
    },
  );

  const chosen = selection ?? theOnly(store, "selections", "selection");
  if (chosen === null) return steps;
  const faces = `selections JOIN faces ON faces.id = face_id ${kept}
    WHERE selections.settings = :chosen AND faces.settings = :settings`;
  steps.push({
    stage: "selected",
    unit: "faces",
    count: count(`${faces} AND kept = 1`, { chosen, settings }),
    lost: lost(
      `(SELECT coalesce(selections.reason, 'not-selected') AS reason FROM ${faces} AND kept = 0)`,
      { chosen, settings },
    ),
  });
  return steps;
}

function theOnly(store: Store, table: "normalizations" | "selections", option: string) {
  const rows = store.all<{ settings: string }>(`SELECT DISTINCT settings FROM ${table}`);
  if (rows.length > 1) {
    throw new Error(
      `The catalogue holds ${rows.length} settings in ${table}: name one in options.${option}`,
    );
  }
  return rows[0]?.settings ?? null;
}
