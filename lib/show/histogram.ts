import { bin } from "d3-array";
import { chartLayout, type ChartOptions, markedPlace } from "./chart_options.ts";
import { type Figure, figure } from "./figure.ts";
import type { Trace } from "./plotly.ts";
import { seriesColour } from "./theme.ts";

/** How a histogram is drawn. */
export interface HistogramOptions extends ChartOptions {
  /** About how many bins. Default: 30. */
  readonly bins?: number;
  /** Smallest and largest value. Default: those of the values; what lies outside is not counted. */
  readonly range?: readonly [number, number];
  /** Places to mark, by their name: `{ threshold: 0.72 }`. */
  readonly marks?: Readonly<Record<string, number>>;
}

/**
 * How often values occur.
 *
 * @param values the values, or several series of them by name
 */
export function histogram(
  values: ArrayLike<number> | Readonly<Record<string, ArrayLike<number>>>,
  options: HistogramOptions = {},
): Figure {
  const { bins = 30, marks = {} } = options;
  const series: Record<string, readonly number[]> = isList(values)
    ? { "": finite(values) }
    : Object.fromEntries(Object.entries(values).map(([name, list]) => [name, finite(list)]));
  const all = Object.values(series).flat();
  const [low, high] = options.range ?? all.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, -Infinity],
  );
  const count = bin<number, number>().domain([low, high]).thresholds(bins);
  // The same bins for all series, so that they can be compared.
  const edges = count(all).map(({ x0 }) => x0 ?? low).filter((edge) => edge > low);
  const counted = bin<number, number>().domain([low, high]).thresholds(edges);
  const names = Object.keys(series);
  const traces = names.map((name, position): Trace => {
    const counts = counted(series[name] ?? []);
    const ends = counts.map(({ x0 = low, x1 = high }) => [x0, x1 > x0 ? x1 : x0 + 1] as const);
    return {
      type: "bar",
      ...(name === "" ? {} : { name }),
      x: ends.map(([x0, x1]) => (x0 + x1) / 2),
      y: counts.map(({ length }) => length),
      width: ends.map(([x0, x1]) => x1 - x0),
      marker: { color: seriesColour(position), opacity: names.length > 1 ? 0.6 : 1 },
    };
  });
  return figure(
    traces,
    chartLayout({ y: "count", ...options }, {
      barmode: "overlay",
      bargap: 0,
      shapes: Object.entries(marks).map(([name, place]) => markedPlace(place, name)),
    }),
  );
}

function isList(values: unknown): values is ArrayLike<number> {
  return Array.isArray(values) || ArrayBuffer.isView(values);
}

function finite(values: ArrayLike<number>): number[] {
  return Array.from(values).filter(Number.isFinite);
}
