import { relative } from "node:path";
import type { Run } from "./run.ts";
import { writeJson } from "./write_json.ts";

/** What a stage leaves for the table at the end of a headless run. */
export interface Report {
  /** Numbers worth a line, by what they count: `{ "faces found": 1234 }`. */
  readonly numbers?: Readonly<Record<string, number | string>>;
  /** Paths of the pictures worth opening, by what they show: `{ "average face": "..." }`. */
  readonly pictures?: Readonly<Record<string, string>>;
}

/**
 * Writes a stage's report to `reports/<stage>.json` in the run's folder.
 *
 * @param run the run that the stage belongs to
 * @param report its `stage` is the notebook's name without ending: "01_scrape"
 */
export function recordReport(run: Run, report: Report & { readonly stage: string }): void {
  const { stage, numbers = {}, pictures = {} } = report;
  const relativePictures = Object.fromEntries(
    Object.entries(pictures).map(([what, path]) => [what, relative(run.folder, path)]),
  );
  writeJson(run.path("reports", `${stage}.json`), { numbers, pictures: relativePictures });
}
