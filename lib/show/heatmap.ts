import { chartLayout, type ChartOptions } from "./chart_options.ts";
import type { ColorMapName } from "./color_map.ts";
import { type Figure, figure } from "./figure.ts";
import { formatNumber } from "./number_format.ts";
import type { Place } from "./plotly.ts";
import { plotlyScale } from "./scatter.ts";

/** How a heat map is drawn. */
export interface HeatmapOptions extends ChartOptions {
  /** Names or values of the columns, from the left. */
  readonly columns?: readonly Place[];
  /** Names or values of the rows; names go down from the top, values up from the bottom. */
  readonly rows?: readonly Place[];
  /** Default: "viridis". */
  readonly colors?: ColorMapName;
  /** Values at the ends of the colour scale. Default: the smallest and the largest. */
  readonly range?: readonly [number, number];
  /** Writes each number into its cell. Default: where there are at most 144 cells. */
  readonly numbers?: boolean;
  /** What the numbers are. */
  readonly label?: string;
  /** Writes a number. Default: {@linkcode formatNumber} with 3 digits. */
  readonly format?: (value: number) => string;
}

/**
 * A table of numbers as colours: agreement tables, kernels, errors over a grid.
 *
 * @param values rows of numbers; null leaves a cell empty
 */
export function heatmap(
  values: readonly (readonly (number | null)[])[],
  options: HeatmapOptions = {},
): Figure {
  const {
    columns,
    rows,
    colors = "viridis",
    range,
    label,
    format = (value) => formatNumber(value, 3),
  } = options;
  const cells = values.reduce((sum, row) => sum + row.length, 0);
  const isNamed = rows?.some((row) => typeof row === "string") ?? false;
  return figure(
    [{
      type: "heatmap",
      z: values,
      ...(columns ? { x: columns } : {}),
      ...(rows ? { y: rows } : {}),
      colorscale: plotlyScale(colors),
      ...(range ? { zmin: range[0], zmax: range[1] } : {}),
      ...(options.numbers ?? cells <= 144
        ? {
          text: values.map((row) => row.map((value) => value === null ? "" : format(value))),
          texttemplate: "%{text}",
        }
        : {}),
      colorbar: { thickness: 14, outlinewidth: 0, title: { text: label ?? "", side: "right" } },
    }],
    chartLayout(options, { yaxis: isNamed ? { type: "category", autorange: "reversed" } : {} }),
  );
}
