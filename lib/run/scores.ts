import { join } from "node:path";
import type { Run } from "./run.ts";
import { writeJson } from "./write_json.ts";

/** What a model is worth, and what it has cost. */
export interface Score {
  /** Name of the model, one line of the leaderboard each. */
  readonly model: string;
  /** The notebook that trained it. */
  readonly stage: string;
  /** Pictures seen in training, the same ones again counted again. */
  readonly pictures: number;
  /** Minutes of training. */
  readonly minutes: number;
  /** Numbers by name; the same name means the same measure for every model. */
  readonly measures: Readonly<Record<string, number>>;
}

/** Keeps a model's score in the run, in place of an earlier one of the same model and stage. */
export function recordScore(run: Run, score: Score): void {
  const name = `${score.stage} ${score.model}`.replaceAll(/[^\w]+/g, "_").toLowerCase();
  writeJson(run.path("scores", `${name}.json`), score);
}

/** All scores of a run, in the order of the stages. */
export function readScores(run: Run): Score[] {
  const folder = run.path("scores");
  Deno.mkdirSync(folder, { recursive: true });
  return [...Deno.readDirSync(folder)]
    .map(({ name }) => name)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(Deno.readTextFileSync(join(folder, name))));
}
