import { fitText, textWidth } from "../font.ts";
import type { Layout, Trace } from "../plotly.ts";
import { element, textElement } from "../svg.ts";
import { ink, type } from "../theme.ts";
import { traceColour } from "./color_scale.ts";
import { dashes, drawsLine } from "./strokes.ts";

/** What stands above the marks. */
export interface Heading {
  readonly content: string;
  /** Its height in CSS pixels. */
  readonly height: number;
}

/** The title, the legend below it and the name of the upright axis above its end. */
export function heading(data: readonly Trace[], layout: Layout, width: number): Heading {
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
