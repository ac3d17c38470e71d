import type { RgbImage } from "../image/mod.ts";
import { Canvas, checkImage } from "./canvas.ts";
import { textWidth } from "./font.ts";
import { element, textElement } from "./svg.ts";
import { ink, seriesColour } from "./theme.ts";

/** What is drawn over a picture, in its own pixels. */
export interface Marks {
  /** Boxes [x, y, width, height], with a word at their upper edge where they have one. */
  readonly boxes?: readonly {
    readonly box: readonly [number, number, number, number];
    readonly label?: string;
    /** Position of the colour in the palette. Default: 0. */
    readonly color?: number;
  }[];
  /** Points [x, y]: landmarks. */
  readonly points?: readonly (readonly [number, number])[];
  /** Lines from point to point, such as the line through the eyes. */
  readonly lines?: readonly (readonly (readonly [number, number])[])[];
}

/** A copy of a picture with boxes, points and lines drawn over it. */
export function marked(image: RgbImage, { boxes = [], points = [], lines = [] }: Marks): RgbImage {
  checkImage(image, "the picture to mark");
  const canvas = new Canvas(image.width, image.height);
  canvas.paste(image, 0, 0);
  // About as thick in every picture, once it is shown.
  const unit = Math.max(1, image.width / 320);
  const content = [
    ...lines.map((line) =>
      outlined(
        "polyline",
        { points: line.flat().join(" "), fill: "none" },
        1.5 * unit,
        seriesColour(1),
      )
    ),
    ...boxes.map(({ box: [x, y, width, height], label = "", color = 0 }) =>
      outlined(
        "rect",
        { x, y, width, height, rx: 2 * unit, fill: "none" },
        1.75 * unit,
        seriesColour(color),
      ) +
      tag(label, x, y, unit, seriesColour(color))
    ),
    ...points.map(([cx, cy]) =>
      element("circle", {
        cx,
        cy,
        r: 2.25 * unit,
        fill: seriesColour(1),
        stroke: ink.paper,
        "stroke-width": 0.75 * unit,
      })
    ),
  ];
  canvas.draw(content.join(""));
  return canvas;
}

/** White below the colour keeps a line visible on every background. */
function outlined(
  name: string,
  shape: Record<string, string | number>,
  width: number,
  colour: string,
): string {
  return element(name, {
    ...shape,
    stroke: ink.paper,
    "stroke-opacity": 0.7,
    "stroke-width": 2 * width,
  }) +
    element(name, { ...shape, stroke: colour, "stroke-width": width });
}

function tag(label: string, x: number, y: number, unit: number, colour: string): string {
  if (label === "") return "";
  const size = 9 * unit;
  const height = 1.45 * size;
  const top = Math.max(0, y - height);
  return element("rect", {
    x,
    y: top,
    width: textWidth(label, size) + 0.8 * size,
    height,
    rx: 2 * unit,
    fill: colour,
  }) + textElement(label, x + 0.4 * size, top + height / 2, { size, fill: ink.paper });
}
