import { chartLayout, type ChartOptions } from "./chart_options.ts";
import { type Figure, figure } from "./figure.ts";
import type { Trace } from "./plotly.ts";
import { seriesColour } from "./theme.ts";

/** Values over places that are not simply counted. */
export interface CurvePoints {
  readonly x: ArrayLike<number>;
  /** Null leaves a gap. */
  readonly y: ArrayLike<number | null>;
  /** A band around the curve: its lower and upper edge. */
  readonly band?: readonly [ArrayLike<number>, ArrayLike<number>];
  /** "dash" or "dot". */
  readonly dash?: string;
}

/** How curves are drawn. */
export interface CurveOptions extends ChartOptions {
  /** Place of the first value of a plain list. Default: 1, as epochs are counted. */
  readonly start?: number;
  /** Draws the upright axis in powers of ten. */
  readonly logarithmic?: boolean;
  /** Draws the points too. Default: where there are at most 30. */
  readonly points?: boolean;
}

/**
 * Lines: how values go on.
 *
 * @param series the values of each line by its name
 */
export function curve(
  series: Readonly<Record<string, ArrayLike<number | null> | CurvePoints>>,
  options: CurveOptions = {},
): Figure {
  const { start = 1, logarithmic = false } = options;
  const traces = Object.entries(series).flatMap(([name, values], position): Trace[] => {
    const points: CurvePoints = isPoints(values)
      ? values
      : { x: Array.from(values, (_, index) => start + index), y: values };
    const { dash } = points;
    const [x, y] = [Array.from(points.x), Array.from(points.y)];
    const band = points.band?.map((edge) => Array.from(edge));
    const color = seriesColour(position);
    const dots = options.points ?? y.length <= 30;
    const hidden = { line: { width: 0, color }, showlegend: false, hoverinfo: "skip" };
    const edges: Trace[] = band
      ? [
        { type: "scatter", mode: "lines", x, y: band[0] ?? [], ...hidden },
        {
          type: "scatter",
          mode: "lines",
          x,
          y: band[1] ?? [],
          ...hidden,
          fill: "tonexty",
          fillcolor: `${color}26`,
        },
      ]
      : [];
    return [...edges, {
      type: "scatter",
      mode: dots ? "lines+markers" : "lines",
      name,
      x,
      y,
      line: { color, width: 2, ...(dash === undefined ? {} : { dash }) },
      marker: { color, size: 5 },
    }];
  });
  return figure(
    traces,
    chartLayout(options, { ...(logarithmic ? { yaxis: { type: "log" } } : {}) }),
  );
}

function isPoints(values: ArrayLike<number | null> | CurvePoints): values is CurvePoints {
  return "x" in values;
}
