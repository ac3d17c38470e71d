import { colorBar } from "../color_bar.ts";
import type { Layout, Trace } from "../plotly.ts";
import { element, svgDocument, textElement } from "../svg.ts";
import { type } from "../theme.ts";
import { axesContent, type Frame, makeAxes, makeFrame } from "./axes.ts";
import type { Axis } from "./axis.ts";
import { drawBars } from "./bars.ts";
import { drawCells } from "./cells.ts";
import { scaleOf } from "./color_scale.ts";
import { heading } from "./heading.ts";
import { drawPoints } from "./points.ts";
import { drawShape } from "./shapes.ts";
import { type Point, positions } from "./trace.ts";

/** Kinds of traces that have a twin. */
const drawnTypes = ["scatter", "bar", "heatmap"] as const;

/** Size of a chart in CSS pixels, where its layout names none. */
export const chartSize = { width: 720, height: 380 } as const;

/**
 * The picture of a plotly figure, drawn without a browser.
 *
 * @returns an SVG document
 * @throws TypeError where a trace is of a kind that cannot be drawn
 */
export function chartSvg(data: readonly Trace[], layout: Layout): string {
  for (const { type } of data) {
    if (!(drawnTypes as readonly string[]).includes(type)) {
      throw new TypeError(
        `Expected traces of type ${drawnTypes.join(", ")} but found "${type}": ` +
          `give figure() a picture of it as its option "twin"`,
      );
    }
  }
  const { width, height, head, scale, frame, x, y } = arrange(data, layout);
  const drawnBar = scale &&
    colorBar(
      { x: frame.right + 14, y: frame.top, height: frame.bottom - frame.top },
      scale.range,
      scale.color,
      scale.label,
    ).content;
  const clip = element("clipPath", { id: "plot" }, element("rect", rectangle(frame, 5)));
  const marks = data.map((trace, position) => drawTrace(trace, position, data, layout, x, y)).join(
    "",
  );
  return svgDocument(
    width,
    height,
    element("defs", {}, clip) + head.content + axesContent(data, layout, frame, x, y) +
      element("g", { "clip-path": "url(#plot)" }, marks || " ") +
      (layout.shapes ?? []).map((shape) => drawShape(shape, frame, x, y)).join("") +
      (layout.annotations ?? []).map(({ text, ...place }) =>
        textElement(text, x.position(place.x) ?? 0, (y.position(place.y) ?? 0) - 10, {
          size: type.tick,
          anchor: "middle",
        })
      ).join("") +
      (drawnBar ?? ""),
  );
}

/**
 * Where the points of a figure stand in its picture, in CSS pixels from the top left: a list for
 * each trace, null for a gap.
 */
export function pointPlaces(data: readonly Trace[], layout: Layout): (Point | null)[][] {
  const { x, y } = arrange(data, layout);
  return data.map((trace) => positions(trace, x, y));
}

function arrange(data: readonly Trace[], layout: Layout) {
  const { width = chartSize.width, height = chartSize.height } = layout;
  const head = heading(data, layout, width);
  const scale = scaleOf(data);
  const bar = scale && colorBar({ x: 0, y: 0, height: 10 }, scale.range, scale.color, scale.label);
  const frame = makeFrame(data, layout, {
    top: head.height,
    right: width - 16 - (bar ? bar.width + 14 : 0),
    bottom: height - 10,
  });
  return { width, height, head, scale, frame, ...makeAxes(data, layout, frame) };
}

function rectangle({ left, top, right, bottom }: Frame, around = 0) {
  return {
    x: left - around,
    y: top - around,
    width: right - left + 2 * around,
    height: bottom - top + 2 * around,
  };
}

function drawTrace(
  trace: Trace,
  position: number,
  data: readonly Trace[],
  layout: Layout,
  x: Axis,
  y: Axis,
): string {
  const content = trace.type === "heatmap"
    ? drawCells(trace, x, y)
    : trace.type === "bar"
    ? drawBars(trace, position, data, layout, x, y)
    : drawPoints(trace, position, data, x, y);
  return trace.opacity === undefined || trace.opacity === 1
    ? content
    : element("g", { opacity: trace.opacity }, content || " ");
}
