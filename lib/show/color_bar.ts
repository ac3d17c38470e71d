import { ticks } from "d3-array";
import { type ColorMap, cssColor } from "./color_map.ts";
import { textWidth } from "./font.ts";
import { formatNumber } from "./number_format.ts";
import { element, textElement } from "./svg.ts";
import { ink, type } from "./theme.ts";

/** Where a colour bar stands. */
export interface BarPlace {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** An upright colour bar with numbers and a label at its right side, and the width of it all. */
export function colorBar(
  { x, y, height }: BarPlace,
  [low, high]: readonly [number, number],
  color: ColorMap,
  label = "",
): { readonly content: string; readonly width: number } {
  const thickness = 14;
  const steps = Math.max(2, Math.round(height));
  const cells = Array.from({ length: steps }, (_, step) =>
    element("rect", {
      x,
      y: y + height * step / steps,
      width: thickness,
      // Overlaps its neighbour, so that no paper shines through between the two.
      height: height / steps + (step < steps - 1 ? 0.5 : 0),
      fill: cssColor(color(1 - step / (steps - 1))),
    }));
  const position = (value: number) => y + height * (1 - (value - low) / (high - low));
  const clear = (value: number) =>
    [low, high].every((end) => Math.abs(position(end) - position(value)) > type.tick);
  const marks = [low, ...ticks(low, high, 5).filter(clear), high];
  const written = marks.map((value) => ({ value, text: formatNumber(value, 3) }));
  const texts = written.map(({ value, text }) =>
    element("path", {
      d: `M${x + thickness} ${position(value)}h4`,
      stroke: ink.faint,
    }) + textElement(text, x + thickness + 7, position(value), { size: type.tick, fill: ink.quiet })
  );
  const textEnd = thickness + 7 +
    Math.max(...written.map(({ text }) => textWidth(text, type.tick)));
  const title = label === "" ? "" : textElement(label, x + textEnd + 14, y + height / 2, {
    size: type.tick,
    fill: ink.text,
    anchor: "middle",
    rotate: -90,
  });
  return {
    content: cells.join("") + texts.join("") + title,
    width: textEnd + (label === "" ? 2 : 24),
  };
}
