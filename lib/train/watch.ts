import type { RgbImage } from "../image/mod.ts";
import type { TrainingProgress } from "./train.ts";

/** A report with pictures of what the net makes at that moment. */
export interface WatchedProgress extends TrainingProgress {
  /** The newest pictures; empty before the first epoch that was looked at. */
  readonly seen: readonly RgbImage[];
  /** Every look so far, with the epoch after which it was taken: how the net learned. */
  readonly film: readonly { readonly epoch: number; readonly seen: readonly RgbImage[] }[];
}

/**
 * Passes reports on and adds to them how the net sees the same faces as it learns.
 *
 * @param look makes the pictures, by the net as it is then
 * @param every epochs between two looks; the first and the last report are looked at in any case
 */
export async function* watch(
  reports: AsyncIterable<TrainingProgress>,
  look: () => Promise<readonly RgbImage[]>,
  { every = 1 }: { readonly every?: number } = {},
): AsyncGenerator<WatchedProgress> {
  const film: { epoch: number; seen: readonly RgbImage[] }[] = [];
  for await (const report of reports) {
    const complete = report.done === report.total;
    const due = report.epochFinished && report.epoch % every === 0;
    const known = film.at(-1)?.epoch === report.epoch;
    if (film.length === 0 || (due || complete) && !known) {
      film.push({ epoch: report.epoch, seen: await look() });
    }
    yield { ...report, seen: film.at(-1)?.seen ?? [], film: [...film] };
  }
}
