import { type Axis, type AxisNeeds, makeAxis } from "./axis.ts";
import { colorBar } from "./color_bar.ts";
import { type ColorMap, colorsThrough, cssColor } from "./color_map.ts";
import { fitText, textWidth } from "./font.ts";
import type { ErrorBars, Layout, LineSpec, Marker, Place, Shape, Trace } from "./plotly.ts";
import { element, snapped, svgDocument, textElement } from "./svg.ts";
import { ink, seriesColour, type } from "./theme.ts";

/** Kinds of traces that have a twin. */
export const drawnTypes = ["scatter", "bar", "heatmap"] as const;

/** Size of a chart in CSS pixels, where its layout names none. */
export const chartSize = { width: 720, height: 380 } as const;

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

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

/** The title, the legend below it and the name of the upright axis above its end. */
function heading(data: readonly Trace[], layout: Layout, width: number) {
  let y = 8;
  let content = "";
  const title = layout.title?.text;
  if (title) {
    const style = { size: type.title, weight: 600 } as const;
    content += textElement(fitText(title, width - 32, style.size, 600), 16, y + 12, style);
    y += 30;
  }
  const entries = data.flatMap((trace, position) =>
    trace.name && trace.showlegend !== false
      ? [{ name: trace.name, colour: traceColour(trace, position), lines: drawsLine(trace), trace }]
      : []
  );
  if (layout.showlegend ?? entries.length > 1) {
    let x = 16;
    for (const { name, colour, lines, trace } of entries) {
      const space = 22 + textWidth(name, type.tick) + 18;
      if (x > 16 && x + space > width) {
        x = 16;
        y += 19;
      }
      content += lines
        ? element("path", {
          d: `M${x} ${y + 9}h16`,
          stroke: colour,
          "stroke-width": 2.5,
          "stroke-dasharray": dashes(trace.line?.dash),
        })
        : element("rect", { x: x + 3, y: y + 4, width: 10, height: 10, rx: 2, fill: colour });
      content += textElement(name, x + 22, y + 9, { size: type.tick, fill: ink.text });
      x += space;
    }
    y += 24;
  }
  const name = layout.yaxis?.visible === false ? undefined : layout.yaxis?.title?.text;
  if (name) {
    content += textElement(name, 16, y + 8, { size: type.tick, fill: ink.quiet });
    y += 20;
  }
  return { content, height: y + 8 };
}

function makeFrame(
  data: readonly Trace[],
  layout: Layout,
  { top, right, bottom }: Omit<Frame, "left">,
): Frame {
  const labelled = layout.xaxis?.visible !== false && layout.xaxis?.showticklabels !== false;
  const end = bottom - (labelled ? 22 : 4) - (layout.xaxis?.title?.text ? 20 : 0);
  const draft = makeAxes(data, layout, { left: 60, top, right, bottom: end });
  const shown = layout.yaxis?.visible !== false && layout.yaxis?.showticklabels !== false;
  const widest = shown
    ? Math.max(0, ...draft.y.ticks.map(({ text }) => textWidth(text, type.tick)))
    : 0;
  return { left: 16 + Math.min(widest, labelLimit) + (shown ? 10 : 0), top, right, bottom: end };
}

const labelLimit = 220;

function makeAxes(data: readonly Trace[], layout: Layout, frame: Frame): { x: Axis; y: Axis } {
  const sideways = data.some(({ type, orientation }) => type === "bar" && orientation === "h");
  const bars = data.some(({ type }) => type === "bar");
  const cells = data.some(({ type }) => type === "heatmap");
  const free = (values: boolean): Partial<AxisNeeds> =>
    cells
      ? { margin: 0.5 }
      : bars
      ? (values ? { zero: true, padding: 0.06 } : {})
      : { padding: 0.04 };
  const places = (axis: "x" | "y") => {
    const own = data.flatMap((trace) => trace[axis] ?? indices(trace, axis));
    const isValue = bars && (axis === "x") === sideways;
    return isValue && layout.barmode === "stack"
      ? [...own, ...stackedEnds(data, axis)]
      : [...own, ...errorEnds(data, axis)];
  };
  const margin = (axis: "x" | "y") =>
    bars && (axis === "x") !== sideways
      ? { margin: Math.max(0, ...data.map((trace) => barWidth(trace, 0) / 2)) }
      : {};
  const width = frame.right - frame.left;
  const height = frame.bottom - frame.top;
  return {
    x: makeAxis(places("x"), layout.xaxis ?? {}, [frame.left, frame.right], {
      ...free(sideways),
      ...margin("x"),
      count: Math.max(2, width / 90),
    }),
    y: makeAxis(places("y"), layout.yaxis ?? {}, [frame.bottom, frame.top], {
      ...free(!sideways),
      ...margin("y"),
      count: Math.max(2, height / 55),
    }),
  };
}

function indices(trace: Trace, axis: "x" | "y"): number[] {
  const length = trace.type === "heatmap"
    ? (axis === "y" ? trace.z?.length : trace.z?.[0]?.length) ?? 0
    : trace[axis === "x" ? "y" : "x"]?.length ?? 0;
  return Array.from({ length }, (_, index) => index);
}

function stackedEnds(data: readonly Trace[], axis: "x" | "y"): number[] {
  const sums = new Map<Place, number>();
  for (const trace of data) {
    (trace[axis] ?? []).forEach((value, index) => {
      const place = trace[axis === "x" ? "y" : "x"]?.[index] ?? index;
      sums.set(place, (sums.get(place) ?? 0) + Number(value));
    });
  }
  return [...sums.values()];
}

function errorEnds(data: readonly Trace[], axis: "x" | "y"): number[] {
  return data.flatMap((trace) => {
    const errors = trace[`error_${axis}`];
    if (!errors) return [];
    return (trace[axis] ?? []).flatMap((value, index) =>
      typeof value === "number" ? errorRange(value, errors, index) : []
    );
  });
}

function errorRange(value: number, errors: ErrorBars, index: number): [number, number] {
  const above = errors.array[index] ?? 0;
  const below = errors.arrayminus?.[index] ?? above;
  return [value - below, value + above];
}

function axesContent(
  data: readonly Trace[],
  layout: Layout,
  frame: Frame,
  x: Axis,
  y: Axis,
): string {
  const cells = data.some(({ type }) => type === "heatmap");
  const grid = (axis: Axis, shown: boolean | undefined) =>
    !cells && !axis.isCategory && shown !== false;
  const parts: string[] = [];
  const quiet = { size: type.tick, fill: ink.quiet };
  if (layout.yaxis?.visible !== false) {
    for (const { at, text } of y.ticks) {
      if (at < frame.top - 1 || at > frame.bottom + 1) continue;
      if (grid(y, layout.yaxis?.showgrid)) {
        parts.push(
          element("path", { d: `M${frame.left} ${snapped(at)}H${frame.right}`, stroke: ink.grid }),
        );
      }
      if (layout.yaxis?.showticklabels === false) continue;
      const fitted = fitText(text, labelLimit, type.tick);
      parts.push(textElement(fitted, frame.left - 8, at, { ...quiet, anchor: "end" }));
    }
  }
  if (layout.xaxis?.visible !== false) {
    const room = x.isCategory ? x.step - 6 : Infinity;
    for (const { at, text } of x.ticks) {
      if (at < frame.left - 1 || at > frame.right + 1) continue;
      if (grid(x, layout.xaxis?.showgrid)) {
        parts.push(
          element("path", { d: `M${snapped(at)} ${frame.top}V${frame.bottom}`, stroke: ink.grid }),
        );
      }
      if (layout.xaxis?.showticklabels === false) continue;
      parts.push(
        textElement(fitText(text, room, type.tick), at, frame.bottom + 14, {
          ...quiet,
          anchor: "middle",
        }),
      );
    }
    const name = layout.xaxis?.title?.text;
    if (name) {
      const middle = (frame.left + frame.right) / 2;
      parts.push(textElement(name, middle, frame.bottom + 35, { ...quiet, anchor: "middle" }));
    }
  }
  if (!cells) {
    const sideways = y.isCategory && !x.isCategory;
    parts.push(
      element("path", {
        d: sideways
          ? `M${snapped(x.zero)} ${frame.top}V${frame.bottom}`
          : `M${frame.left} ${snapped(frame.bottom)}H${frame.right}`,
        stroke: ink.faint,
      }),
    );
  }
  return parts.join("");
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

function drawsLine({ type, mode = "lines" }: Trace): boolean {
  return type === "scatter" && mode.includes("lines");
}

function drawPoints(
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

/** A place in CSS pixels. */
export type Point = readonly [number, number];

function positions(trace: Trace, x: Axis, y: Axis): (Point | null)[] {
  const xs = trace.x ?? indices(trace, "x");
  const ys = trace.y ?? indices(trace, "y");
  return xs.map((place, index) => {
    const px = x.position(place);
    const py = y.position(ys[index]);
    return px === null || py === null ? null : [px, py];
  });
}

function known(points: readonly (Point | null)[]): Point[] {
  return points.filter((point) => point !== null);
}

function linePath(points: readonly (Point | null)[]): string {
  let pen = "M";
  let path = "";
  for (const point of points) {
    if (point) path += `${pen}${round(point[0])} ${round(point[1])}`;
    pen = point ? "L" : "M";
  }
  return path || "M0 0";
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function stroke({ color, width = 2, dash }: LineSpec, colour: string) {
  return {
    stroke: color ?? colour,
    "stroke-width": width,
    "stroke-linejoin": "round",
    "stroke-linecap": "round",
    "stroke-dasharray": dashes(dash),
  };
}

function dashes(dash: string | undefined): string | undefined {
  return dash === "dash" ? "6 5" : dash === "dot" ? "1.5 4" : undefined;
}

function errorBars(
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

function barWidth(trace: Trace, index: number): number {
  if (trace.type !== "bar") return 0;
  return typeof trace.width === "number" ? trace.width : trace.width?.[index] ?? 1;
}

function drawBars(
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

function drawCells(trace: Trace, x: Axis, y: Axis): string {
  const rows = trace.z ?? [];
  const scale = heatmapScale(trace);
  const xs = trace.x ?? indices(trace, "x");
  const ys = trace.y ?? indices(trace, "y");
  const width = cellStep(xs, x);
  const height = cellStep(ys, y);
  const content: string[] = [];
  rows.forEach((row, rowIndex) =>
    row.forEach((value, columnIndex) => {
      const px = x.position(xs[columnIndex]);
      const py = y.position(ys[rowIndex]);
      if (value === null || px === null || py === null) return;
      const [low, high] = scale.range;
      const colour = scale.color((value - low) / (high - low));
      content.push(
        element("rect", {
          x: px - width / 2,
          y: py - height / 2,
          width: width + 0.3,
          height: height + 0.3,
          fill: cssColor(colour),
        }),
      );
      const texts = trace.text?.[rowIndex];
      const text = Array.isArray(texts) ? texts[columnIndex] : undefined;
      if (text === undefined || textWidth(text, type.tick) > width - 4) return;
      content.push(
        textElement(text, px, py, {
          size: type.tick,
          anchor: "middle",
          fill: luminance(colour) > 0.55 ? ink.text : ink.paper,
        }),
      );
    })
  );
  return content.join("");
}

function cellStep(places: readonly Place[], axis: Axis): number {
  if (axis.isCategory || places.length < 2) return axis.step;
  const [first, second] = [axis.position(places[0]), axis.position(places[1])];
  return first === null || second === null ? axis.step : Math.abs(second - first);
}

/** Relative brightness to the eye, 0 to 1, of a colour of 8 bits a channel (ITU-R BT.601). */
function luminance([red, green, blue]: readonly [number, number, number]): number {
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}

interface Scale {
  readonly range: readonly [number, number];
  readonly color: ColorMap;
  readonly label: string;
}

function scaleOf(data: readonly Trace[]): Scale | undefined {
  for (const trace of data) {
    if (trace.type === "heatmap" && trace.showscale !== false) return heatmapScale(trace);
    if (trace.marker?.showscale) return markerScale(trace.marker);
  }
  return undefined;
}

function heatmapScale(trace: Trace): Scale {
  const values = (trace.z ?? []).flat().filter((value) => value !== null);
  return makeScale(values, trace.zmin, trace.zmax, trace);
}

function markerScale(marker: Marker): Scale {
  const values = (Array.isArray(marker.color) ? marker.color : []) as readonly number[];
  return makeScale(values, marker.cmin, marker.cmax, marker);
}

function makeScale(
  values: readonly number[],
  minimum: number | undefined,
  maximum: number | undefined,
  { colorscale, colorbar }: Pick<Marker, "colorscale" | "colorbar">,
): Scale {
  const low = minimum ?? values.reduce((least, value) => Math.min(least, value), values[0] ?? 0);
  const high = maximum ?? values.reduce((most, value) => Math.max(most, value), values[0] ?? 1);
  return {
    range: low === high ? [low, low + 1] : [low, high],
    color: colorsThrough((colorscale ?? []).map(([, colour]) => colour)),
    label: colorbar?.title?.text ?? "",
  };
}

function markerColours(marker: Marker, count: number, colour: string): string[] {
  if (!Array.isArray(marker.color)) return new Array(count).fill(colour);
  if (typeof marker.color[0] === "string") return marker.color as string[];
  const { range: [low, high], color } = markerScale(marker);
  return (marker.color as number[]).map((value) => cssColor(color((value - low) / (high - low))));
}

function traceColour(trace: Trace, position: number): string {
  const colour = trace.marker?.color;
  return trace.line?.color ?? (typeof colour === "string" ? colour : seriesColour(position));
}

function drawShape(shape: Shape, frame: Frame, x: Axis, y: Axis): string {
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
