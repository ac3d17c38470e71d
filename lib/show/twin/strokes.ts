import type { LineSpec, Trace } from "../plotly.ts";
import type { Attributes } from "../svg.ts";
import type { Point } from "./trace.ts";

/** True where a trace is drawn as a line. */
export function drawsLine({ type, mode = "lines" }: Trace): boolean {
  return type === "scatter" && mode.includes("lines");
}

/** The path through points; it breaks at gaps. */
export function linePath(points: readonly (Point | null)[]): string {
  let pen = "M";
  let path = "";
  for (const point of points) {
    if (point) path += `${pen}${round(point[0])} ${round(point[1])}`;
    pen = point ? "L" : "M";
  }
  return path || "M0 0";
}

/** A place to hundredths of a pixel, as paths are written. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Attributes of a line. */
export function stroke({ color, width = 2, dash }: LineSpec, colour: string): Attributes {
  return {
    stroke: color ?? colour,
    "stroke-width": width,
    "stroke-linejoin": "round",
    "stroke-linecap": "round",
    "stroke-dasharray": dashes(dash),
  };
}

/** Dashes of a line as SVG writes them. */
export function dashes(dash: string | undefined): string | undefined {
  return dash === "dash" ? "6 5" : dash === "dot" ? "1.5 4" : undefined;
}
