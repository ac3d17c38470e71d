import { type ColorMap, colorsThrough, cssColor } from "../color_map.ts";
import type { Marker, Trace } from "../plotly.ts";
import { seriesColour } from "../theme.ts";

/** Numbers as colours. */
export interface Scale {
  readonly range: readonly [number, number];
  readonly color: ColorMap;
  readonly label: string;
}

/** The scale that the figure explains with a bar, where there is one. */
export function scaleOf(data: readonly Trace[]): Scale | undefined {
  for (const trace of data) {
    if (trace.type === "heatmap" && trace.showscale !== false) return heatmapScale(trace);
    if (trace.marker?.showscale) return markerScale(trace.marker);
  }
  return undefined;
}

/** The scale of a heat map. */
export function heatmapScale(trace: Trace): Scale {
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

/** The colour of each point or bar. */
export function markerColours(marker: Marker, count: number, colour: string): string[] {
  if (!Array.isArray(marker.color)) return new Array(count).fill(colour);
  if (typeof marker.color[0] === "string") return marker.color as string[];
  const { range: [low, high], color } = markerScale(marker);
  return (marker.color as number[]).map((value) => cssColor(color((value - low) / (high - low))));
}

/** The colour that stands for a trace in the legend. */
export function traceColour(trace: Trace, position: number): string {
  const colour = trace.marker?.color;
  return trace.line?.color ?? (typeof colour === "string" ? colour : seriesColour(position));
}
