import type { Shape } from "../plotly.ts";
import { element, textElement } from "../svg.ts";
import { ink, type } from "../theme.ts";
import type { Frame } from "./axes.ts";
import type { Axis } from "./axis.ts";
import { round, stroke } from "./strokes.ts";

/** A line or a box over the figure, with its word. */
export function drawShape(shape: Shape, frame: Frame, x: Axis, y: Axis): string {
  const width = frame.right - frame.left;
  const height = frame.bottom - frame.top;
  const px = (place: number | string) =>
    shape.xref === "paper" ? frame.left + width * Number(place) : x.position(place) ?? frame.left;
  const py = (place: number | string) =>
    shape.yref === "paper" ? frame.bottom - height * Number(place) : y.position(place) ?? frame.top;
  const [x0, x1, y0, y1] = [px(shape.x0), px(shape.x1), py(shape.y0), py(shape.y1)];
  const text = shape.label?.text;
  const label = text
    ? textElement(text, Math.max(x0, x1) + 6, Math.min(y0, y1) + 9, {
      size: type.tick,
      fill: ink.quiet,
    })
    : "";
  if (shape.type === "rect") {
    return element("rect", {
      x: Math.min(x0, x1),
      y: Math.min(y0, y1),
      width: Math.abs(x1 - x0),
      height: Math.abs(y1 - y0),
      fill: shape.fillcolor ?? "none",
      "fill-opacity": shape.fillcolor ? 0.15 : undefined,
    }) + label;
  }
  return element("path", {
    d: `M${round(x0)} ${round(y0)}L${round(x1)} ${round(y1)}`,
    ...stroke({ width: 1.5, ...shape.line }, ink.quiet),
  }) + label;
}
