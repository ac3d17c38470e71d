import process from "node:process";
import { type Progress, ratePerSecond, secondsLeft } from "../run/mod.ts";
import type { Bundle, Drawing } from "./drawing.ts";
import { display } from "./drawing.ts";
import { currentKernel } from "./kernel.ts";
import { formatDuration, formatNumber } from "./number_format.ts";
import { escapeXml } from "./svg.ts";
import { ink, series } from "./theme.ts";

/** MIME type of the progress that a headless run reads. */
export const progressMime = "application/vnd.faces.progress+json";

/** The content of {@linkcode progressMime}. */
export interface ProgressState {
  readonly what: string;
  readonly done: number;
  /** Null where it is not known. */
  readonly total: number | null;
  readonly unit: string;
  /** Seconds since this run of the stage began: the longest stage speaks for its notebook. */
  readonly seconds: number;
  /** Pieces a second; null before the first piece. */
  readonly rate: number | null;
  /** Seconds left; null where they cannot be told. */
  readonly left: number | null;
  readonly note: string;
  /** True in the last report: the stage has returned or thrown. */
  readonly finished: boolean;
}

/** How a stage is followed. */
export interface FollowOptions<Report extends Progress> {
  /**
   * Drawn anew below the bar as the work goes on: a curve, the same faces again and again. Drawings
   * at the same position of the list replace each other.
   */
  readonly draw?: (report: Report) => Drawing | readonly Drawing[] | undefined;
  /** Least seconds between two drawings. Default: 3. */
  readonly drawEvery?: number;
  /** Milliseconds from any start. Default: the clock's. */
  readonly clock?: () => number;
}

/** Least milliseconds between two updates of the bar. */
const interval = 250;

/**
 * Runs a stage to its end and shows how far it is: a bar, the rate, the time left, the stage's note.
 * All updates share one output, so that one is saved. In a terminal it is one live line on stderr.
 *
 * @param title what is being done; default: what the stage says itself
 * @returns the stage's last report, or undefined where it made none
 */
export async function follow<Report extends Progress>(
  stage: AsyncIterable<Report>,
  title?: string,
  options: FollowOptions<Report> = {},
): Promise<Report | undefined> {
  const { draw, drawEvery = 3, clock = () => performance.now() } = options;
  const show = currentKernel() ? notebookLine() : terminalLine();
  const sketch = draw && sketchPad(draw);
  let last: Report | undefined;
  let shownAt = -Infinity;
  let drawnAt = -Infinity;
  let failed = true;
  try {
    for await (const report of stage) {
      last = report;
      if (clock() - shownAt >= interval) {
        shownAt = clock();
        await show(state(report, title, false), false);
      }
      if (sketch && clock() - drawnAt >= drawEvery * 1000) {
        drawnAt = clock();
        await sketch(report, false);
      }
    }
    failed = false;
  } finally {
    if (last) await show(state(last, title, true), failed);
  }
  if (last && sketch) await sketch(last, true);
  return last;
}

function state(report: Progress, title: string | undefined, finished: boolean): ProgressState {
  return {
    what: title ?? report.what,
    done: report.done,
    total: report.total ?? null,
    unit: report.unit,
    seconds: report.seconds,
    rate: ratePerSecond(report),
    left: finished ? 0 : secondsLeft(report),
    note: report.note ?? "",
    finished,
  };
}

/** "Crawling: 120 of 400 pictures, 12.3 a second, 23 s left, 4 rejected" */
export function progressText(state: ProgressState, failed = false): string {
  const { done, total, unit, rate, left, note, finished } = state;
  const count = total === null || (finished && done === total)
    ? `${formatNumber(done)} ${unit}`
    : `${formatNumber(done)} of ${formatNumber(total)} ${unit}`;
  const ended = failed
    ? "failed"
    : finished && total !== null && done < total
    ? "stopped"
    : undefined;
  const parts = [
    count,
    ended,
    rate === null ? undefined : rateText(rate),
    finished || left === null ? undefined : `${formatDuration(left)} left`,
    note || undefined,
  ];
  return `${state.what}: ${parts.filter((part) => part !== undefined).join(", ")}`;
}

function rateText(rate: number): string {
  return rate >= 0.95
    ? `${formatNumber(rate, rate < 100 ? 2 : 3)} a second`
    : `${formatNumber(1 / rate, 2)} s each`;
}

type Line = (state: ProgressState, failed: boolean) => Promise<void>;

function notebookLine(): Line {
  const id = crypto.randomUUID();
  let update = false;
  return async (state, failed) => {
    await currentKernel()?.send(progressBundle(state, failed), { id, update });
    update = true;
  };
}

function sketchPad<Report>(draw: (report: Report) => Drawing | readonly Drawing[] | undefined) {
  const ids: string[] = [];
  return async (report: Report, last: boolean) => {
    const drawn = currentKernel() ? draw(report) ?? [] : [];
    for (const [position, drawing] of [drawn].flat().entries()) {
      const update = position < ids.length;
      const id = ids[position] ??= crypto.randomUUID();
      await display(drawing, { id, update, still: !last });
    }
  };
}

function progressBundle(state: ProgressState, failed: boolean): Bundle {
  const text = progressText(state, failed);
  const { done, total, finished } = state;
  const share = total === null ? (finished ? 1 : 0.5) : total === 0 ? 1 : done / total;
  const colour = failed ? series[1] : finished && share >= 1 ? series[2] : series[0];
  const bar = `<div style="height:6px;max-width:480px;border-radius:3px;background:${ink.grid}">` +
    `<div style="height:6px;border-radius:3px;width:${(100 * Math.min(1, share)).toFixed(1)}%;` +
    `background:${colour}"></div></div>`;
  return {
    [progressMime]: state,
    "text/html": `<div style="font-variant-numeric:tabular-nums">${escapeXml(text)}${bar}</div>`,
    "text/plain": text,
  };
}

function terminalLine(): Line {
  return (state, failed) => {
    const text = progressText(state, failed);
    if (process.stderr.isTTY) {
      const width = process.stderr.columns ?? 80;
      process.stderr.write(`\r${text.slice(0, width - 1)}\x1b[K${state.finished ? "\n" : ""}`);
    } else if (state.finished) {
      process.stderr.write(`${text}\n`);
    }
    return Promise.resolve();
  };
}
