import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { planDigest, type WorldPlan } from "./plan.ts";
import type { TruePerson, TruthPicture } from "./truth_picture.ts";

/** A painted world: its plan and the truth of every picture, in the plan's order. */
export interface World {
  /** Absolute path of the world's folder. */
  readonly folder: string;
  readonly plan: WorldPlan;
  readonly truth: readonly TruthPicture[];
}

/** Where worlds lie and who paints them. */
export interface WorldPlace {
  /** Folder that holds worlds, each in a folder of its own, so that several runs share them. */
  readonly folder: string;
  /** The painter's module. Default: the one in this folder. */
  readonly painter?: URL;
}

/** The module that paints where no other is named. */
export const defaultPainter = new URL("./painter/mod.ts", import.meta.url);

/**
 * The folder of a planned world: its name changes with the plan and with the painter's source text,
 * so that a world in the cache is never older than the painter.
 */
export function worldFolder(
  plan: WorldPlan,
  { folder, painter = defaultPainter }: WorldPlace,
): string {
  const hash = createHash("sha256").update(planDigest(plan));
  if (plan.people > 0) hash.update(sourceDigest(painter));
  return join(folder, `world-${hash.digest("hex").slice(0, 12)}`);
}

/**
 * Reads a world that has been painted to its end.
 *
 * @param folder the world's own folder, as {@linkcode worldFolder} names it
 * @throws Error where pictures are missing: the painting has not been finished
 */
export async function readWorld(folder: string): Promise<World> {
  let plan: WorldPlan;
  try {
    plan = JSON.parse(await Deno.readTextFile(join(folder, "plan.json")));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(`No sample world in ${folder}: paint it first (paintWorld)`);
  }
  const known = await readTruth(folder);
  const truth = plan.pictures.flatMap((picture) => known.get(picture.id) ?? []);
  const missing = plan.pictures.filter(({ id }) => !known.has(id)).length;
  if (missing > 0) {
    throw new Error(
      `${missing} of ${plan.pictures.length} pictures of ${folder} are not painted yet: ` +
        "run paintWorld again, it goes on where it was stopped",
    );
  }
  return { folder, plan, truth };
}

/** The people of every picture of a world by the picture's sha256; empty where they are unknown. */
export function peopleOf(world: World | null): Map<string, readonly TruePerson[]> {
  return new Map(
    world?.truth.flatMap(({ sha256, people }) => people ? [[sha256, people] as const] : []),
  );
}

/** Name of the file in a world's folder that holds one line of JSON for each finished picture. */
export const truthFile = "truth.jsonl";

/**
 * The truth that has been written so far: for each finished picture the rows of its file and its
 * copies. A last line that a killed process left unfinished is passed over.
 */
export async function readTruth(folder: string): Promise<Map<string, readonly TruthPicture[]>> {
  const finished = new Map<string, readonly TruthPicture[]>();
  let text = "";
  try {
    text = await Deno.readTextFile(join(folder, truthFile));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  for (const line of text.split("\n")) {
    const rows = parseLine(line);
    if (rows?.[0]) finished.set(rows[0].id, rows);
  }
  return finished;
}

function parseLine(line: string): readonly TruthPicture[] | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Digest of the source text that decides how pictures look: the painter's folder and its callers. */
function sourceDigest(painter: URL): string {
  const path = fileURLToPath(painter);
  const here = dirname(fileURLToPath(import.meta.url));
  const files = [
    ...(basename(path) === "mod.ts" ? sourcesBelow(dirname(path)) : [path]),
    join(here, "paint_picture.ts"),
    join(here, "make_picture.ts"),
  ];
  const hash = createHash("sha256");
  for (const file of files.sort()) hash.update(Deno.readFileSync(file));
  return hash.digest("hex");
}

function sourcesBelow(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory ? sourcesBelow(path) : entry.name.endsWith(".ts") ? [path] : [];
  });
}
