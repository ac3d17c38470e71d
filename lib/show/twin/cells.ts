import { cssColor } from "../color_map.ts";
import { textWidth } from "../font.ts";
import type { Place, Trace } from "../plotly.ts";
import { element, textElement } from "../svg.ts";
import { ink, type } from "../theme.ts";
import type { Axis } from "./axis.ts";
import { heatmapScale } from "./color_scale.ts";
import { indices } from "./trace.ts";

/** The cells of a heat map, with their numbers where they fit. */
export function drawCells(trace: Trace, x: Axis, y: Axis): string {
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
