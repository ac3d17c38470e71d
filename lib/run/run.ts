import { basename, join } from "node:path";
import { namedPath, repository } from "./named_path.ts";

/** One run of the pipeline: where it writes and the switches it was started with. */
export interface Run {
  /** Name of the run: the folder below `data/`. */
  readonly name: string;
  /** Absolute path of `data/<name>`, created when it is missing. */
  readonly folder: string;
  /** True when cells should take their smallest sizes: tests run every notebook in seconds. */
  readonly smoke: boolean;
  /** Folder of pictures that stands in for the painted people, or null for the painted ones. */
  readonly sample: string | null;
  /** Absolute path of a file or folder of the run. */
  path(...parts: string[]): string;
}

/** Folders below `data/` that all runs share. */
const shared = ["worlds", "cache", "released"];

/**
 * The run that the environment describes: `RUN` names it (default: `sample` or the name of the
 * `SAMPLE` folder, followed by `-smoke` under `SMOKE=1`), `SMOKE=1` makes everything small,
 * `SAMPLE=path` (absolute, or relative to the repository's root) takes a folder of pictures in place
 * of the painted people.
 *
 * @throws Error where the name is no plain name of a folder, or is that of a folder that runs share
 */
export function currentRun(environment: { get(name: string): string | undefined } = Deno.env): Run {
  const smoke = environment.get("SMOKE") === "1";
  const sample = namedPath("SAMPLE", environment);
  const base = sample ? basename(sample) : "sample";
  const name = environment.get("RUN") || (smoke ? `${base}-smoke` : base);
  if (/^\.{0,2}$|[/\\]/.test(name) || shared.includes(name)) {
    throw new Error(
      `A run cannot be called "${name}": set RUN to a name without slashes, and not to one of ` +
        shared.join(", "),
    );
  }
  const folder = join(repository, "data", name);
  Deno.mkdirSync(folder, { recursive: true });
  return { name, folder, smoke, sample, path: (...parts) => join(folder, ...parts) };
}
