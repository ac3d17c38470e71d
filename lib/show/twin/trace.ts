import type { ErrorBars, Trace } from "../plotly.ts";
import type { Axis } from "./axis.ts";

/** A place in CSS pixels. */
export type Point = readonly [number, number];

/** Where the points of a trace stand; null for a gap. */
export function positions(trace: Trace, x: Axis, y: Axis): (Point | null)[] {
  const xs = trace.x ?? indices(trace, "x");
  const ys = trace.y ?? indices(trace, "y");
  return xs.map((place, index) => {
    const px = x.position(place);
    const py = y.position(ys[index]);
    return px === null || py === null ? null : [px, py];
  });
}

/** Counted places of a trace that names none of its own. */
export function indices(trace: Trace, axis: "x" | "y"): number[] {
  const length = trace.type === "heatmap"
    ? (axis === "y" ? trace.z?.length : trace.z?.[0]?.length) ?? 0
    : trace[axis === "x" ? "y" : "x"]?.length ?? 0;
  return Array.from({ length }, (_, index) => index);
}

/** Lower and upper end of a value that may be off. */
export function errorRange(value: number, errors: ErrorBars, index: number): [number, number] {
  const above = errors.array[index] ?? 0;
  const below = errors.arrayminus?.[index] ?? above;
  return [value - below, value + above];
}

/** Width of a bar in units of the axis along which bars stand; 0 where there is none. */
export function barWidth(trace: Trace, index: number): number {
  if (trace.type !== "bar") return 0;
  return typeof trace.width === "number" ? trace.width : trace.width?.[index] ?? 1;
}
