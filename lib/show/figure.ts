import type { RgbImage } from "../image/mod.ts";
import { chartSize, chartSvg } from "./twin/mod.ts";
import { Drawing } from "./drawing.ts";
import { page } from "./page.ts";
import type { Layout, Trace } from "./plotly.ts";
import { PictureDrawing } from "./picture.ts";
import { svgEncodings } from "./svg.ts";
import { family, ink, series, type } from "./theme.ts";

/** MIME type of plotly's figures. */
export const plotlyMime = "application/vnd.plotly.v1+json";

/** A plotly figure with a picture of itself for readers without plotly. */
export class Figure extends Drawing {
  constructor(
    /** The traces. */
    readonly traces: readonly Trace[],
    /** The layout, the house's look included. */
    readonly layout: Layout,
    twin?: RgbImage,
  ) {
    const { width = chartSize.width, height = chartSize.height } = layout;
    const drawn = twin
      ? new PictureDrawing("", twin.width, () => Promise.resolve(twin))
      : svgEncodings(chartSvg(traces, { width, height, ...layout }));
    super({
      text: layout.title?.text ?? `Chart of ${traces.length} series`,
      make: () => drawn instanceof PictureDrawing ? drawn.encoded() : drawn.make(),
      data: { [plotlyMime]: { data: traces, layout, config: { displaylogo: false } } },
      width,
      files: {
        ".html": async () => new TextEncoder().encode(await page(this)),
        ...drawn.files,
      },
    });
  }
}

/** How a figure is shown. */
export interface FigureOptions {
  /** The picture for readers without plotly, where the traces are of kinds that are not drawn here. */
  readonly twin?: RgbImage;
}

/**
 * Any plotly figure. Traces of type "scatter", "bar" and "heatmap" are also drawn as the
 * picture that GitHub and exported pages show. The picture is a JPEG: JupyterLab's plotly renderer
 * would show a PNG, at twice its size, until the pointer comes by.
 *
 * @throws TypeError where a trace is of another type and no twin is given
 */
export function figure(
  data: readonly Trace[],
  layout: Layout = {},
  { twin }: FigureOptions = {},
): Figure {
  return new Figure(data.map(compact), withLook(layout, data), twin);
}

function withLook(layout: Layout, data: readonly Trace[]): Layout {
  const named = data.filter(({ name, showlegend }) => name && showlegend !== false).length;
  const top = 14 + (layout.title ? 30 : 0) + (named > 1 ? 26 : 0);
  const title = { x: 0, y: 1, yanchor: "top", yref: "container", pad: { l: 16, t: 14 } };
  return {
    template: { layout: look },
    margin: { l: 56, r: 24, t: top, b: 48 },
    ...layout,
    ...(layout.title ? { title: { ...title, ...layout.title } } : {}),
    xaxis: { automargin: true, ...layout.xaxis },
    yaxis: { automargin: true, ...layout.yaxis },
  };
}

const look = {
  colorway: series,
  font: { family: `${family}, Inter, system-ui, sans-serif`, size: type.tick, color: ink.text },
  title: { font: { size: type.title } },
  paper_bgcolor: ink.paper,
  plot_bgcolor: ink.paper,
  xaxis: { gridcolor: ink.grid, linecolor: ink.faint, zerolinecolor: ink.line, showline: true },
  yaxis: { gridcolor: ink.grid, linecolor: ink.faint, zerolinecolor: ink.line },
  legend: { orientation: "h", traceorder: "normal", y: 1.02, yanchor: "bottom", x: 0 },
  hoverlabel: { font: { family: `${family}, system-ui, sans-serif` } },
};

/** Six significant digits are more than a chart shows, and far fewer bytes. */
function compact(trace: Trace): Trace {
  return shorten(trace) as Trace;
}

function shorten(value: unknown): unknown {
  if (typeof value === "number") {
    return Number.isFinite(value) ? Number(value.toPrecision(6)) : null;
  }
  if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array, shorten);
  if (Array.isArray(value)) return value.map(shorten);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shorten(inner)]));
  }
  return value;
}
