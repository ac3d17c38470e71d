/**
 * A run: the folder it writes to, the switches it was started with, how it reports progress and how
 * it is stopped. Everything here is plain data; nothing is drawn.
 *
 * @module
 */
export { type Choices, recall, remember, worldOf } from "./choices.ts";
export { namedPath } from "./named_path.ts";
export { currentRun, type Run } from "./run.ts";
export { type Progress, ratePerSecond, secondsLeft } from "./progress.ts";
export { randomNumbers, shuffledOrder } from "./random.ts";
export { recordReport, type Report } from "./report.ts";
export { type Split, splitByGroup, type SplitOptions } from "./split_by_group.ts";
export { readScores, recordScore, type Score } from "./scores.ts";
export { stopSignal } from "./stop.ts";
export { writeWhole } from "./write_whole.ts";
