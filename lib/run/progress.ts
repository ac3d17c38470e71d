/** One report of a long piece of work. Every stage is an async generator of these. */
export interface Progress {
  /** What is being done, in a few words: "Crawling". */
  readonly what: string;
  /** Pieces of work finished so far, those of an earlier, interrupted run included. */
  readonly done: number;
  /** Pieces of work in all, where it is known. */
  readonly total?: number;
  /** Pieces that were already finished when this run began: they do not count for the rate. */
  readonly resumed?: number;
  /** What a piece is, in the plural: "pictures". */
  readonly unit: string;
  /** Seconds since this run began. */
  readonly seconds: number;
  /** Anything worth a few words more: "12 rejected", "loss 0.0123". */
  readonly note?: string;
}

/** Pieces a second in this run, or null before the first piece. */
export function ratePerSecond(progress: Progress): number | null {
  const done = progress.done - (progress.resumed ?? 0);
  return done > 0 && progress.seconds > 0 ? done / progress.seconds : null;
}

/** Estimated seconds until the work ends, or null where the total or the rate is unknown. */
export function secondsLeft(progress: Progress): number | null {
  const rate = ratePerSecond(progress);
  if (rate === null || progress.total === undefined) return null;
  return Math.max(0, progress.total - progress.done) / rate;
}
