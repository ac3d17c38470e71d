import { textWidth } from "../font.ts";
import type { Layout, Place, Trace } from "../plotly.ts";
import { element, textElement } from "../svg.ts";
import { ink, type } from "../theme.ts";
import type { Axis } from "./axis.ts";
import { markerColours, traceColour } from "./color_scale.ts";
import { errorBars } from "./error_bars.ts";
import { barWidth, indices, type Point } from "./trace.ts";

/** Bars that stand or lie, side by side, piled up or over each other. */
export function drawBars(
  trace: Trace,
  position: number,
  data: readonly Trace[],
  layout: Layout,
  x: Axis,
  y: Axis,
): string {
  const sideways = trace.orientation === "h";
  const [along, up] = sideways ? [y, x] : [x, y];
  const places = (sideways ? trace.y : trace.x) ?? indices(trace, sideways ? "y" : "x");
  const values = (sideways ? trace.x : trace.y) ?? [];
  const others = data.filter(({ type }) => type === "bar");
  const grouped = (layout.barmode ?? "group") === "group" && others.length > 1;
  const share = grouped ? 1 / others.length : 1;
  const gap = layout.bargap ?? 0.25;
  const colours = markerColours(trace.marker ?? {}, values.length, traceColour(trace, position));
  const content: string[] = [];
  values.forEach((value, index) => {
    const place = places[index];
    const middle = along.position(place);
    const base = layout.barmode === "stack"
      ? stackedBelow(others, others.indexOf(trace), place ?? index, sideways)
      : 0;
    const start = base === 0 ? up.zero : up.position(base);
    const end = up.position(typeof value === "number" ? base + value : null);
    if (middle === null || start === null || end === null) return;
    const slot = along.step * barWidth(trace, index) * (1 - gap);
    const wide = slot * share;
    const from = middle - slot / 2 + (grouped ? others.indexOf(trace) * wide : 0);
    const low = Math.min(start, end);
    const long = Math.abs(end - start);
    const box = sideways
      ? { x: low, y: from, width: long, height: Math.max(0.5, wide - 1) }
      : { x: from, y: low, width: Math.max(0.5, wide - 1), height: long };
    content.push(
      element("rect", { ...box, fill: colours[index], "fill-opacity": trace.marker?.opacity }),
    );
    const centre: Point = sideways ? [end, from + wide / 2] : [from + wide / 2, end];
    content.push(errorBars(trace, index, centre, x, y, ink.text));
    const text = trace.text?.[index];
    if (typeof text === "string") {
      content.push(
        sideways
          ? barText(text, box.x, box.width, centre[1])
          : textElement(text, centre[0], end - 9, { size: type.tick, anchor: "middle" }),
      );
    }
  });
  return content.join("");
}

/** The text in the bar where it fits, else behind its end. */
function barText(text: string, x: number, width: number, y: number): string {
  return textWidth(text, type.tick) + 12 < width
    ? textElement(text, x + width - 6, y, { size: type.tick, anchor: "end", fill: ink.paper })
    : textElement(text, x + width + 6, y, { size: type.tick });
}

function stackedBelow(
  traces: readonly Trace[],
  position: number,
  place: Place,
  sideways: boolean,
): number {
  return traces.slice(0, position).reduce((sum, trace) => {
    const places = sideways ? trace.y : trace.x;
    const index = places ? places.indexOf(place) : Number(place);
    return sum + Number((sideways ? trace.x : trace.y)?.[index] ?? 0);
  }, 0);
}
