import { chartLayout, type ChartOptions } from "./chart_options.ts";
import { type Figure, figure } from "./figure.ts";
import { formatNumber } from "./number_format.ts";
import type { Trace } from "./plotly.ts";
import { seriesColour } from "./theme.ts";

/** How bars are drawn. */
export interface BarOptions extends ChartOptions {
  /** Lays the bars level, with room for long names. */
  readonly sideways?: boolean;
  /** Piles the series up instead of standing them side by side. */
  readonly stacked?: boolean;
  /** Writes each number at its bar. Default: where there are at most 24 bars that are not piled up. */
  readonly numbers?: boolean;
  /** How far each bar may be off: lower and upper end by the bar's name (one series only). */
  readonly intervals?: Readonly<Record<string, readonly [number, number]>>;
  /** Writes a number. Default: {@linkcode formatNumber}. */
  readonly format?: (value: number) => string;
}

/**
 * Bars: how much there is of each.
 *
 * @param values one number a name, or several series of them: `{ kept: { google: 12 }, ... }`
 */
export function bars(
  values:
    | Readonly<Record<string, number>>
    | Readonly<Record<string, Readonly<Record<string, number>>>>,
  options: BarOptions = {},
): Figure {
  const { sideways = false, stacked = false, intervals, format = (value) => formatNumber(value) } =
    options;
  const isPlain = Object.values(values).every((value) => typeof value === "number");
  const series = (isPlain ? { "": values } : values) as Record<string, Record<string, number>>;
  const names = [...new Set(Object.values(series).flatMap((bars) => Object.keys(bars)))];
  const lists = Object.values(series);
  const written = options.numbers ?? (!stacked && names.length * lists.length <= 24);
  const traces = Object.entries(series).map(([name, bars], position): Trace => {
    const lengths = names.map((key) => bars[key] ?? 0);
    const errors = intervals && errorBars(names, lengths, intervals);
    return {
      type: "bar",
      orientation: sideways ? "h" : "v",
      ...(sideways ? { x: lengths, y: names } : { x: names, y: lengths }),
      ...(name === "" ? {} : { name }),
      ...(errors ? (sideways ? { error_x: errors } : { error_y: errors }) : {}),
      ...(written && !intervals ? { text: lengths.map(format), textposition: "auto" } : {}),
      marker: { color: seriesColour(position) },
    };
  });
  const rowHeight = 16 + 20 * (stacked ? 1 : lists.length);
  return figure(
    traces,
    chartLayout(options, {
      // Few bars need not be as thick as the chart is wide.
      bargap: names.length < 5 && !sideways ? 0.5 : 0.25,
      barmode: stacked ? "stack" : "group",
      xaxis: sideways ? {} : { type: "category" },
      yaxis: sideways ? { type: "category", autorange: "reversed" } : {},
      ...(sideways ? { height: 110 + rowHeight * names.length } : {}),
    }),
  );
}

function errorBars(
  names: readonly string[],
  lengths: readonly number[],
  intervals: Readonly<Record<string, readonly [number, number]>>,
) {
  return {
    type: "data",
    symmetric: false,
    array: names.map((name, index) => (intervals[name]?.[1] ?? 0) - (lengths[index] ?? 0)),
    arrayminus: names.map((name, index) => (lengths[index] ?? 0) - (intervals[name]?.[0] ?? 0)),
  } as const;
}
