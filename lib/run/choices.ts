import type { Run } from "./run.ts";
import { writeJson } from "./write_json.ts";

/** What a notebook chose that later ones go by. */
export interface Choices {
  /** Folder of the sample world that was crawled; none where the real web was. */
  readonly world?: string;
  /** Settings under which the catalogue holds the normalized faces. */
  readonly normalization?: string;
  /** Settings under which the catalogue holds the selection. */
  readonly selection?: string;
}

/** Keeps choices for later notebooks of the same run, beside those that were made before. */
export function remember(run: Run, choices: Choices): void {
  writeJson(run.path("choices.json"), { ...read(run), ...choices });
}

/**
 * A choice that an earlier notebook made.
 *
 * @param by the notebook that makes it, for the error
 * @throws Error where it has not been made in this run
 */
export function recall(run: Run, name: keyof Choices, { by }: { readonly by: string }): string {
  const choice = read(run)[name];
  if (choice === undefined) {
    throw new Error(`Run ${run.name} has no ${name} yet: run ${by} first`);
  }
  return choice;
}

/** The folder of the sample world that this run crawled, or null where it crawled none. */
export function worldOf(run: Run): string | null {
  return read(run).world ?? null;
}

function read(run: Run): Choices {
  try {
    return JSON.parse(Deno.readTextFileSync(run.path("choices.json")));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
}
