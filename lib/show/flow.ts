import type { RgbImage } from "../image/mod.ts";
import { Canvas, checkImage, resized } from "./canvas.ts";
import { wrapText } from "./font.ts";
import { PictureDrawing } from "./picture.ts";
import { element, textElement } from "./svg.ts";
import { ink, series, sharpness, type } from "./theme.ts";

/** One station of a flow. */
export interface FlowStep {
  readonly title: string;
  /** A few words below the title; a line break starts a new line. */
  readonly text?: string;
  /** A picture in the station. */
  readonly image?: RgbImage;
  /**
   * "card" is a sheet with a border; "narrowing" and "widening" are the trapezoids of an encoder and
   * a decoder; "plain" has no border. Default: "card".
   */
  readonly shape?: "card" | "narrowing" | "widening" | "plain";
  /** A word on the arrow to the next station. */
  readonly arrow?: string;
}

/** How a flow is drawn. */
export interface FlowOptions {
  /** Width in CSS pixels. Default: 860. */
  readonly width?: number;
  /** Side of the pictures in CSS pixels. Default: 96. */
  readonly imageSize?: number;
}

/** Stations from left to right with arrows between them: a pipeline, the parts of a net. */
export function flow(steps: readonly FlowStep[], options: FlowOptions = {}): PictureDrawing {
  if (steps.length === 0) throw new RangeError("Expected at least one station of the flow");
  const { width = 860, imageSize = 96 } = options;
  const images = steps.map(({ image }) => image);
  images.forEach((image, index) => image && checkImage(image, `the picture of station ${index}`));
  const arrows = steps.map(({ arrow = "" }) => arrow);
  const gap = arrows.slice(0, -1).some((arrow) => arrow !== "") ? 74 : 36;
  const wide = (width - 2 * margin - gap * (steps.length - 1)) / steps.length;
  const padding = 10;
  const lines = steps.map(({ title, text = "" }) => ({
    titles: wrapText(title, wide - 2 * padding, type.label),
    texts: text === "" ? [] : wrapText(text, wide - 2 * padding, type.tick),
  }));
  const pictureHeight = images.some((image) => image) ? imageSize + 12 : 0;
  const textHeight = Math.max(
    ...lines.map(({ titles, texts }) => titleLine * titles.length + textLine * texts.length),
  );
  const tall = 2 * padding + 4 + pictureHeight + textHeight;
  const height = tall + 2 * margin;
  return new PictureDrawing(
    steps.map(({ title }) => title).join(" → "),
    Math.round(width * sharpness),
    async () => {
      const canvas = new Canvas(Math.round(width * sharpness), Math.round(height * sharpness));
      const under: string[] = [];
      const over: string[] = [];
      for (const [index, { shape = "card" }] of steps.entries()) {
        const left = margin + index * (wide + gap);
        under.push(outline(shape, left, margin, wide, tall));
        if (index < steps.length - 1) {
          over.push(
            arrowTo(left + wide, left + wide + gap, margin + tall / 2, arrows[index] ?? ""),
          );
        }
        const middle = left + wide / 2;
        const { titles = [], texts = [] } = lines[index] ?? {};
        const own = titleLine * titles.length + textLine * texts.length;
        // Stations without a picture have their words in the middle of their height.
        let y = images[index] ? margin + padding + pictureHeight + 4 : margin + (tall - own) / 2;
        for (const line of titles) {
          over.push(
            textElement(line, middle, y + titleLine / 2, { weight: 600, anchor: "middle" }),
          );
          y += titleLine;
        }
        for (const line of texts) {
          over.push(textElement(line, middle, y + textLine / 2, {
            size: type.tick,
            anchor: "middle",
            fill: ink.quiet,
          }));
          y += textLine;
        }
      }
      canvas.draw(under.join(""), sharpness);
      for (const [index, image] of images.entries()) {
        if (!image) continue;
        const scale = imageSize / Math.max(image.width, image.height);
        const [across, down] = [image.width, image.height].map((side) =>
          Math.round(side * scale * sharpness)
        ) as [number, number];
        const middle = (margin + index * (wide + gap) + wide / 2) * sharpness;
        canvas.paste(
          await resized(image, across, down),
          Math.round(middle - across / 2),
          Math.round((margin + padding) * sharpness),
        );
      }
      canvas.draw(over.join(""), sharpness);
      return canvas;
    },
    { density: sharpness, fewColours: !images.some((image) => image) },
  );
}

const margin = 8;
const titleLine = 19;
const textLine = 17;

function outline(
  shape: NonNullable<FlowStep["shape"]>,
  x: number,
  y: number,
  width: number,
  height: number,
): string {
  if (shape === "plain") return "";
  if (shape === "card") {
    return element("rect", { x, y, width, height, rx: 8, fill: "#fafafc", stroke: ink.line });
  }
  const inset = height * 0.28;
  const [left, right] = shape === "narrowing" ? [0, inset] : [inset, 0];
  return element("path", {
    d: `M${x} ${y + left}L${x + width} ${y + right}V${y + height - right}L${x} ${
      y + height - left
    }Z`,
    fill: series[0],
    "fill-opacity": 0.12,
    stroke: series[0],
    "stroke-opacity": 0.5,
    "stroke-linejoin": "round",
  });
}

function arrowTo(from: number, to: number, y: number, word: string): string {
  const [start, end] = [from + 7, to - 7];
  return element("path", {
    d: `M${start} ${y}H${end - 2}`,
    stroke: ink.quiet,
    "stroke-width": 1.5,
  }) +
    element("path", {
      d: `M${end - 7} ${y - 4.5}L${end} ${y}L${end - 7} ${y + 4.5}Z`,
      fill: ink.quiet,
    }) +
    (word === "" ? "" : textElement(word, (start + end) / 2, y - 11, {
      size: type.tick - 1,
      anchor: "middle",
      fill: ink.quiet,
    }));
}
