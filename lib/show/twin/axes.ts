import { fitText, textWidth } from "../font.ts";
import type { Layout, Place, Trace } from "../plotly.ts";
import { element, snapped, textElement } from "../svg.ts";
import { ink, type } from "../theme.ts";
import { type Axis, type AxisNeeds, makeAxis } from "./axis.ts";
import { barWidth, errorRange, indices } from "./trace.ts";

/** The box that marks are drawn in, in CSS pixels. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The box that is left when the axes have their words. */
export function makeFrame(
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

/** Both axes of a figure. */
export function makeAxes(
  data: readonly Trace[],
  layout: Layout,
  frame: Frame,
): { x: Axis; y: Axis } {
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

/** Grid, numbers and names of both axes. */
export function axesContent(
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
