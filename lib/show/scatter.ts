import { chartLayout, type ChartOptions } from "./chart_options.ts";
import { type ColorMapName, colorStops } from "./color_map.ts";
import { type Figure, figure } from "./figure.ts";
import type { ColorScale, Trace } from "./plotly.ts";
import { seriesColour } from "./theme.ts";

/** Points of a scatter chart, one entry a point in every list. */
export interface ScatterPoints {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** A number each: a colour scale with its bar; a text each: one colour a group, with a legend. */
  readonly color?: ArrayLike<number> | readonly string[];
  /** Shown when the pointer is over the point. */
  readonly text?: readonly string[];
}

/** How points are drawn. */
export interface ScatterOptions extends ChartOptions {
  /** Name of the colour's meaning. */
  readonly colorLabel?: string;
  /** Default: "viridis". */
  readonly colors?: ColorMapName;
  /** Values at the ends of the colour scale. Default: the smallest and the largest. */
  readonly colorRange?: readonly [number, number];
  /** Diameter in CSS pixels. Default: 6. */
  readonly size?: number;
}

/** Points where two numbers meet. */
export function scatter(points: ScatterPoints, options: ScatterOptions = {}): Figure {
  const x = Array.from(points.x);
  const y = Array.from(points.y);
  const color = points.color && Array.from<number | string>(points.color);
  for (const [name, list] of Object.entries({ y, color, text: points.text })) {
    if (list && list.length !== x.length) {
      throw new RangeError(`Expected ${x.length} entries in ${name} but found ${list.length}`);
    }
  }
  return figure(scatterTraces({ x, y, color, text: points.text }, options), {
    ...chartLayout({ height: 460, ...options }),
    hovermode: "closest",
  });
}

interface Columns {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly color: readonly (number | string)[] | undefined;
  readonly text: readonly string[] | undefined;
}

function scatterTraces({ x, y, color, text }: Columns, options: ScatterOptions): Trace[] {
  const { size = 6, colors = "viridis", colorLabel, colorRange } = options;
  const base = { type: "scatter", mode: "markers" } as const;
  if (color && typeof color[0] === "string") {
    const groups = [...new Set(color)];
    return groups.map((group, position) => {
      const pick = <Value>(list: readonly Value[]) =>
        list.filter((_, index) => color[index] === group);
      return {
        ...base,
        name: String(group),
        x: pick(x),
        y: pick(y),
        ...(text ? { text: pick(text) } : {}),
        marker: { size, color: seriesColour(position), opacity: 0.8 },
      };
    });
  }
  const marker = color
    ? {
      color: color as readonly number[],
      colorscale: plotlyScale(colors),
      showscale: true,
      ...(colorRange ? { cmin: colorRange[0], cmax: colorRange[1] } : {}),
      colorbar: {
        thickness: 14,
        outlinewidth: 0,
        title: { text: colorLabel ?? "", side: "right" },
      },
    }
    : { color: seriesColour(0) };
  return [{ ...base, x, y, ...(text ? { text } : {}), marker: { size, opacity: 0.85, ...marker } }];
}

/** A colour map as plotly writes it. */
export function plotlyScale(name: ColorMapName): ColorScale {
  const stops = colorStops(name);
  return stops.map((colour, index) => [index / (stops.length - 1), colour]);
}
