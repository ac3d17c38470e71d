import type { Trace } from "../plotly.ts";
import { element, textElement } from "../svg.ts";
import { ink, type } from "../theme.ts";
import type { Axis } from "./axis.ts";
import { markerColours, traceColour } from "./color_scale.ts";
import { errorBars } from "./error_bars.ts";
import { drawsLine, linePath, round, stroke } from "./strokes.ts";
import { type Point, positions } from "./trace.ts";

/** Lines, points, words and filled bands. */
export function drawPoints(
  trace: Trace,
  position: number,
  data: readonly Trace[],
  x: Axis,
  y: Axis,
): string {
  const { mode = "lines", line = {}, marker = {} } = trace;
  const points = positions(trace, x, y);
  const colour = traceColour(trace, position);
  const parts: string[] = [];
  if (trace.fill === "tozeroy" || trace.fill === "tonexty") {
    const before = data[position - 1];
    const edge = trace.fill === "tonexty" && before
      ? known(positions(before, x, y)).reverse()
      : known(points).map((point) => [point[0], y.zero] as const).reverse();
    const outline = [...known(points), ...edge].map(([px, py]) => `${round(px)} ${round(py)}`);
    if (outline.length > 0) {
      parts.push(
        element("path", {
          d: `M${outline.join("L")}Z`,
          fill: trace.fillcolor ?? colour,
          "fill-opacity": trace.fillcolor ? undefined : 0.15,
        }),
      );
    }
  }
  if (drawsLine(trace) && line.width !== 0) {
    parts.push(element("path", { d: linePath(points), fill: "none", ...stroke(line, colour) }));
  }
  const colours = markerColours(marker, points.length, colour);
  const radius = (marker.size ?? 6) / 2;
  points.forEach((point, index) => {
    if (!point) return;
    const [px, py] = point;
    parts.push(errorBars(trace, index, point, x, y, colour));
    if (mode.includes("markers")) {
      parts.push(
        element("circle", {
          cx: px,
          cy: py,
          r: radius,
          fill: colours[index],
          "fill-opacity": marker.opacity,
          stroke: ink.paper,
          "stroke-width": points.length > 400 ? 0 : 0.75,
        }),
      );
    }
    const text = trace.text?.[index];
    if (mode.includes("text") && typeof text === "string") {
      parts.push(
        textElement(text, px, py - radius - 8, { size: type.tick, anchor: "middle" }),
      );
    }
  });
  return parts.join("");
}

function known(points: readonly (Point | null)[]): Point[] {
  return points.filter((point) => point !== null);
}
