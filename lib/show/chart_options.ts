import type { Annotation, AxisSpec, Layout, Shape } from "./plotly.ts";
import { ink } from "./theme.ts";

/** What every chart takes. */
export interface ChartOptions {
  readonly title?: string;
  /** Name of the level axis. */
  readonly x?: string;
  /** Name of the upright axis. */
  readonly y?: string;
  /** Size in CSS pixels. Default: 720 x 380. */
  readonly width?: number;
  readonly height?: number;
  /** Further plotly layout; it wins over everything else. */
  readonly layout?: Layout;
}

/** The layout that the options describe; the chart's own axes and shapes come first. */
export function chartLayout(
  { title, x, y, width, height, layout = {} }: ChartOptions,
  own: {
    readonly xaxis?: AxisSpec;
    readonly yaxis?: AxisSpec;
    readonly shapes?: readonly Shape[];
    readonly annotations?: readonly Annotation[];
    readonly barmode?: "group" | "stack" | "overlay";
    readonly bargap?: number;
    readonly height?: number;
  } = {},
): Layout {
  const { xaxis, yaxis, height: ownHeight, ...rest } = own;
  const tall = height ?? ownHeight;
  return {
    ...rest,
    ...(title === undefined ? {} : { title: { text: title } }),
    ...(width === undefined ? {} : { width }),
    ...(tall === undefined ? {} : { height: tall }),
    ...layout,
    xaxis: { ...xaxis, ...(x === undefined ? {} : { title: { text: x } }), ...layout.xaxis },
    yaxis: { ...yaxis, ...(y === undefined ? {} : { title: { text: y } }), ...layout.yaxis },
  };
}

/** A quiet dashed line at a place of the level axis, with its name. */
export function markedPlace(place: number, name: string): Shape {
  return {
    type: "line",
    x0: place,
    x1: place,
    y0: 0,
    y1: 1,
    yref: "paper",
    line: { color: ink.quiet, width: 1.5, dash: "dash" },
    label: { text: name, textposition: "end", textangle: 0, xanchor: "left" },
  };
}
