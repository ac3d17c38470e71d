import { join } from "node:path";
import type { Progress } from "../run/mod.ts";
import type { PaintSetUp } from "./paint_worker.ts";
import type { PlannedPicture, WorldPlan } from "./plan.ts";
import { seededRandom } from "./random.ts";
import type { TruthPicture } from "./truth_picture.ts";
import { runOnWorkers } from "./worker_pool.ts";
import { defaultPainter, readTruth, truthFile, worldFolder, type WorldPlace } from "./world.ts";

/** What may be asked of {@linkcode paintWorld}. */
export interface PaintOptions extends WorldPlace {
  /** Number of pictures painted at a time. Default: the number of cores. */
  readonly workers?: number;
}

/**
 * Paints a planned world into its own folder below `options.folder` ({@linkcode worldFolder} names
 * it) on all cores. A picture that is there with its truth is not painted again, so that a second
 * run paints nothing and a stopped or killed one goes on where it was.
 */
export async function* paintWorld(
  plan: WorldPlan,
  options: PaintOptions,
  signal?: AbortSignal,
): AsyncGenerator<Progress> {
  const { painter = defaultPainter, workers = navigator.hardwareConcurrency } = options;
  const began = performance.now();
  const folder = worldFolder(plan, options);
  await Deno.mkdir(join(folder, "pictures"), { recursive: true });
  await writePlan(plan, folder);

  const finished = await finishedPictures(plan, folder);
  const resumed = finished.size;
  let done = resumed;
  const progress = (note?: string): Progress => ({
    what: plan.people > 0 ? "Painting" : "Taking pictures",
    done,
    total: plan.pictures.length,
    resumed,
    unit: "pictures",
    seconds: (performance.now() - began) / 1000,
    ...(note ? { note } : {}),
  });
  yield progress();

  // Groups take ten times as long as portraits: mixed, the rate says how long the rest will take.
  const jobs = seededRandom(plan.seed)
    .shuffle(plan.pictures.filter(({ id }) => !finished.has(id)));
  const setUp: PaintSetUp = {
    folder,
    ranges: plan.ranges as PaintSetUp["ranges"],
    painter: plan.people > 0 ? painter.href : null,
  };
  const module = new URL("./paint_worker.ts", import.meta.url);
  using truth = await openTruth(folder);
  const pictures = runOnWorkers<PlannedPicture, TruthPicture[]>(module, jobs, {
    workers,
    setUp,
    signal,
  });
  for await (const rows of pictures) {
    await truth.append(rows);
    done++;
    yield progress();
  }
}

/** Ids of the pictures whose truth is written and whose files are there. */
async function finishedPictures(plan: WorldPlan, folder: string): Promise<Set<string>> {
  const truth = await readTruth(folder);
  const names = new Set(Array.from(Deno.readDirSync(join(folder, "pictures")), ({ name }) => name));
  const isThere = ({ file }: TruthPicture) =>
    !file.startsWith("pictures") || names.has(file.slice("pictures/".length));
  const finished = plan.pictures.filter(({ id }) => truth.get(id)?.every(isThere));
  return new Set(finished.map(({ id }) => id));
}

async function writePlan(plan: WorldPlan, folder: string): Promise<void> {
  const part = join(folder, `plan.json.${Deno.pid}.part`);
  await Deno.writeTextFile(part, JSON.stringify(plan));
  await Deno.rename(part, join(folder, "plan.json"));
}

/** The truth file, open for whole lines at its end. */
async function openTruth(folder: string) {
  const path = join(folder, truthFile);
  const file = await Deno.open(path, { create: true, append: true, read: true });
  // A line that a killed process left unfinished must not swallow the next one.
  if (!(await Deno.readTextFile(path)).endsWith("\n")) await file.write(new Uint8Array([10]));
  const encoder = new TextEncoder();
  return {
    // One write a line: lines of two runs that paint the same world do not mix.
    append: async (rows: readonly TruthPicture[]) => {
      const line = encoder.encode(`${JSON.stringify(rows)}\n`);
      for (let sent = 0; sent < line.length;) sent += await file.write(line.subarray(sent));
    },
    [Symbol.dispose]: () => file.close(),
  };
}
