import type { Trace } from "../plotly.ts";
import { element } from "../svg.ts";
import type { Axis } from "./axis.ts";
import { errorRange, type Point } from "./trace.ts";

/** The lines that say how far a point or the end of a bar may be off. */
export function errorBars(
  trace: Trace,
  index: number,
  [px, py]: Point,
  x: Axis,
  y: Axis,
  colour: string,
): string {
  let content = "";
  const { error_x, error_y } = trace;
  const vertical = trace.y?.[index];
  if (error_y && typeof vertical === "number") {
    const [low, high] = errorRange(vertical, error_y, index).map((end) => y.position(end) ?? py);
    content += element("path", { d: `M${px} ${low}V${high}`, stroke: colour, "stroke-width": 1.5 });
  }
  const horizontal = trace.x?.[index];
  if (error_x && typeof horizontal === "number") {
    const [low, high] = errorRange(horizontal, error_x, index).map((end) => x.position(end) ?? px);
    content += element("path", { d: `M${low} ${py}H${high}`, stroke: colour, "stroke-width": 1.5 });
  }
  return content;
}
