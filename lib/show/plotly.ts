/**
 * The part of plotly's figures that this module writes and draws twins of.
 * https://plotly.com/javascript/reference/
 *
 * @module
 */

/** A place on an axis: a number or a category. Null leaves a gap. */
export type Place = number | string | null;

/** A colour scale: positions from 0 to 1 and CSS colours. */
export type ColorScale = readonly (readonly [number, string])[];

/** The upright bar that explains a colour scale. */
export interface ColorBarSpec {
  readonly title?: { readonly text: string; readonly side?: string };
  readonly [option: string]: unknown;
}

/** The look of points and bars. */
export interface Marker {
  readonly color?: string | readonly string[] | readonly number[];
  readonly colorscale?: ColorScale;
  readonly cmin?: number;
  readonly cmax?: number;
  readonly showscale?: boolean;
  readonly colorbar?: ColorBarSpec;
  readonly size?: number;
  readonly opacity?: number;
  readonly [option: string]: unknown;
}

/** How far a value may be off. */
export interface ErrorBars {
  readonly type?: "data";
  readonly array: readonly number[];
  readonly arrayminus?: readonly number[];
  readonly symmetric?: boolean;
  readonly [option: string]: unknown;
}

/** A line's look. */
export interface LineSpec {
  readonly color?: string;
  readonly width?: number;
  readonly dash?: string;
  readonly [option: string]: unknown;
}

/** One series of a figure. */
export interface Trace {
  /** Drawn as a twin: "scatter", "bar", "heatmap". */
  readonly type: string;
  readonly name?: string;
  readonly showlegend?: boolean;
  readonly x?: readonly Place[];
  readonly y?: readonly Place[];
  readonly z?: readonly (readonly (number | null)[])[];
  /** Combination of "lines", "markers" and "text". */
  readonly mode?: string;
  readonly text?: readonly string[] | readonly (readonly string[])[];
  readonly orientation?: "h" | "v";
  /** Width of bars in the unit of the axis. */
  readonly width?: number | readonly number[];
  readonly fill?: "none" | "tozeroy" | "tonexty";
  readonly fillcolor?: string;
  readonly opacity?: number;
  readonly line?: LineSpec;
  readonly marker?: Marker;
  readonly error_x?: ErrorBars;
  readonly error_y?: ErrorBars;
  readonly colorscale?: ColorScale;
  readonly zmin?: number;
  readonly zmax?: number;
  readonly colorbar?: ColorBarSpec;
  readonly showscale?: boolean;
  readonly [option: string]: unknown;
}

/** One axis of a figure. */
export interface AxisSpec {
  readonly title?: { readonly text: string };
  readonly type?: "linear" | "log" | "category";
  readonly range?: readonly [number, number];
  readonly autorange?: boolean | "reversed";
  readonly rangemode?: "normal" | "tozero" | "nonnegative";
  readonly tickvals?: readonly (number | string)[];
  readonly ticktext?: readonly string[];
  /** ".0%" writes shares as percentages; other formats are for plotly alone. */
  readonly tickformat?: string;
  readonly showgrid?: boolean;
  readonly showticklabels?: boolean;
  readonly visible?: boolean;
  readonly [option: string]: unknown;
}

/** A line or a box over the figure. */
export interface Shape {
  readonly type: "line" | "rect";
  readonly x0: number | string;
  readonly x1: number | string;
  readonly y0: number | string;
  readonly y1: number | string;
  readonly xref?: string;
  readonly yref?: string;
  readonly line?: LineSpec;
  readonly fillcolor?: string;
  readonly label?: { readonly text?: string; readonly [option: string]: unknown };
  readonly [option: string]: unknown;
}

/** Text over the figure. */
export interface Annotation {
  readonly x: number | string;
  readonly y: number | string;
  readonly text: string;
  readonly [option: string]: unknown;
}

/** Everything of a figure that is not data. */
export interface Layout {
  readonly title?: { readonly text: string; readonly [option: string]: unknown };
  readonly width?: number;
  readonly height?: number;
  readonly xaxis?: AxisSpec;
  readonly yaxis?: AxisSpec;
  readonly barmode?: "group" | "stack" | "overlay";
  readonly bargap?: number;
  readonly showlegend?: boolean;
  readonly shapes?: readonly Shape[];
  readonly annotations?: readonly Annotation[];
  readonly [option: string]: unknown;
}
