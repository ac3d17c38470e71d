import type { Store, Values } from "./store.ts";

/** Stages of the funnel; those of faces are there once a face has been looked for. */
export type FunnelStage =
  | "listed"
  | "distinct"
  | "fetched"
  | "kept"
  | "with-face"
  | "faces"
  | "usable"
  | "selected";

/** One stage of the funnel: what has passed it, and what was lost on the way there. */
export interface FunnelStep {
  readonly stage: FunnelStage;
  /** What is counted, in words: "pictures fetched". */
  readonly name: string;
  readonly count: number;
  /** Losses between the stage before and this one, the largest first. */
  readonly reasons: Readonly<Record<string, number>>;
}

/**
 * Which settings to count for; not needed where the catalogue holds one kind only. Null ends the
 * funnel before that stage.
 */
export interface FunnelOptions {
  readonly normalization?: string | null;
  readonly selection?: string | null;
}

/** Reasons that are found out when the bytes are there. */
const afterFetching = "coalesce(reason IN ('duplicate', 'too-small', 'too-many-pixels'), 0)";

/**
 * Counts for every stage and reason, from the search results to the selected faces.
 *
 * @throws Error where several settings are stored and none was named
 */
export function funnel(
  store: Store,
  { normalization, selection }: FunnelOptions = {},
): FunnelStep[] {
  const count = (sql: string, values: Values = {}) =>
    store.get<{ count: number }>(`SELECT count(*) AS count FROM ${sql}`, values)!.count;
  const reasons = (sql: string, values: Values = {}) =>
    Object.fromEntries(
      store.all<{ reason: string; count: number }>(
        `SELECT reason, count(*) AS count FROM ${sql}
         GROUP BY reason ORDER BY count DESC, reason`,
        values,
      ).map((row) => [row.reason, row.count]),
    );

  const listed = count("origins");
  const distinct = count("pictures");
  const steps: FunnelStep[] = [
    { stage: "listed", name: "results listed", count: listed, reasons: {} },
    {
      stage: "distinct",
      name: "addresses",
      count: distinct,
      reasons: listed > distinct ? { "listed-before": listed - distinct } : {},
    },
    {
      stage: "fetched",
      name: "pictures fetched",
      count: count(`pictures WHERE status = 'kept' OR ${afterFetching}`),
      reasons: reasons(`(SELECT coalesce(reason, 'not-fetched-yet') AS reason FROM pictures
        WHERE status <> 'kept' AND NOT ${afterFetching})`),
    },
    {
      stage: "kept",
      name: "pictures kept",
      count: count("pictures WHERE status = 'kept'"),
      reasons: reasons(`pictures WHERE status <> 'kept' AND ${afterFetching}`),
    },
  ];

  const settings = normalization === undefined
    ? theOnly(store, "normalizations", "normalization")
    : normalization;
  if (settings === null) return steps;
  const kept = "JOIN pictures ON pictures.id = picture_id AND pictures.status = 'kept'";
  steps.push(
    {
      stage: "with-face",
      name: "pictures with a face",
      count: count(
        `normalizations ${kept} WHERE settings = :settings AND normalizations.status = 'done'`,
        { settings },
      ),
      reasons: reasons(
        `(SELECT coalesce(normalizations.reason, 'not-normalized-yet') AS reason FROM pictures
          LEFT JOIN normalizations ON pictures.id = picture_id AND settings = :settings
          WHERE pictures.status = 'kept' AND coalesce(normalizations.status, '') <> 'done')`,
        { settings },
      ),
    },
    {
      stage: "faces",
      name: "faces found",
      count: count(`faces ${kept} WHERE settings = :settings`, { settings }),
      reasons: {},
    },
    {
      stage: "usable",
      name: "faces usable",
      count: count(`faces ${kept} WHERE settings = :settings AND faces.reason IS NULL`, {
        settings,
      }),
      reasons: reasons(
        `(SELECT faces.reason FROM faces ${kept}
          WHERE settings = :settings AND faces.reason IS NOT NULL)`,
        { settings },
      ),
    },
  );

  const chosen = selection === undefined ? theOnly(store, "selections", "selection") : selection;
  if (chosen === null) return steps;
  const faces = `selections JOIN faces ON faces.id = face_id ${kept}
    WHERE selections.settings = :chosen AND faces.settings = :settings`;
  steps.push({
    stage: "selected",
    name: "faces selected",
    count: count(`${faces} AND kept = 1`, { chosen, settings }),
    reasons: reasons(
      `(SELECT coalesce(selections.reason, 'not-selected') AS reason FROM ${faces} AND kept = 0)`,
      { chosen, settings },
    ),
  });
  return steps;
}

function theOnly(
  store: Store,
  table: "normalizations" | "selections",
  option: keyof FunnelOptions,
): string | null {
  const rows = store.all<{ settings: string }>(`SELECT DISTINCT settings FROM ${table}`);
  if (rows.length > 1) {
    throw new Error(
      `The catalogue holds ${rows.length} settings in ${table}: name one in options.${option}`,
    );
  }
  return rows[0]?.settings ?? null;
}
