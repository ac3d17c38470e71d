import { Resvg } from "@resvg/resvg-js";
import type { RgbImage } from "../image/mod.ts";
import { denseJpeg } from "./dense_jpeg.ts";
import type { Encoded } from "./drawing.ts";
import { fontFiles, runs, textWidth, type Weight } from "./font.ts";
import { palettePng } from "./palette_png.ts";
import { family, ink, sharpness, type } from "./theme.ts";

/** Text with the five characters of XML escaped and control characters removed. */
export function escapeXml(text: string): string {
  return text
    // deno-lint-ignore no-control-regex -- they are what XML 1.0 forbids
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Attributes of an element; undefined ones are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One SVG element; numbers are rounded to hundredths, content is markup. */
export function element(name: string, attributes: Attributes, content = ""): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) =>
      ` ${key}="${
        typeof value === "number" ? Math.round(value * 100) / 100 : escapeXml(String(value))
      }"`
    )
    .join("");
  return content === "" ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/** The place on the grid of pixels next to a place in CSS pixels: a line there has sharp edges. */
export function snapped(place: number): number {
  return Math.round(place * sharpness) / sharpness;
}

/** How a line of text looks. */
export interface TextStyle {
  readonly size?: number;
  readonly weight?: Weight;
  readonly fill?: string;
  readonly anchor?: "start" | "middle" | "end";
  /** Degrees, about the text's own anchor. */
  readonly rotate?: number;
}

/** A line of text whose vertical middle is at y. */
export function textElement(text: string, x: number, y: number, style: TextStyle = {}): string {
  const { size = type.label, weight = 400, fill = ink.text, anchor = "start", rotate } = style;
  const common = {
    // 0.35 em below the middle is where the baseline of capitals and figures belongs.
    y: y + 0.35 * size,
    "font-size": size,
    "font-weight": weight,
    fill,
  };
  const parts = runs(text);
  const [only] = parts;
  let content: string;
  if (parts.length === 1 && only) {
    const attributes = { x, ...common, "text-anchor": anchor, "font-family": only.family };
    content = element("text", attributes, escapeXml(text));
  } else {
    // resvg draws all spans of a text with the font of one: each run is a text of its own.
    const width = textWidth(text, size, weight);
    let left = x - (anchor === "start" ? 0 : anchor === "middle" ? width / 2 : width);
    content = parts.map((run) => {
      const place = left;
      left += textWidth(run.text, size, weight);
      const attributes = {
        x: place,
        ...common,
        "font-family": run.family,
        "xml:space": "preserve",
      };
      return element("text", attributes, escapeXml(run.text));
    }).join("");
  }
  return rotate === undefined
    ? content
    : element("g", { transform: `rotate(${rotate} ${x} ${y})` }, content);
}

/** A whole SVG document. */
export function svgDocument(width: number, height: number, content: string): string {
  return element("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    "font-family": family,
  }, content || " ");
}

/** Pixels with an alpha channel that the colours are multiplied with, row by row from the top left. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Draws an SVG document with the shipped fonts; `scale` pixels stand for one of its units. */
export function rasterize(
  svg: string,
  { scale = sharpness, paper }: { readonly scale?: number; readonly paper?: string } = {},
): RgbaImage {
  const rendered = new Resvg(svg, {
    font: {
      // Opening a font takes longer than drawing a chart with it.
      fontFiles: fontFiles(svg, svg.includes('font-weight="600"') ? [400, 600] : [400]),
      loadSystemFonts: false,
      defaultFontFamily: family,
    },
    fitTo: { mode: "zoom", value: scale },
    ...(paper === undefined ? {} : { background: paper }),
  }).render();
  return {
    width: rendered.width,
    height: rendered.height,
    data: new Uint8Array(rendered.pixels),
  };
}

/** A picture of an SVG document on white paper; `scale` pixels stand for one of its units. */
function svgToImage(svg: string, scale: number = sharpness): RgbImage {
  const { width, height, data } = rasterize(svg, { scale, paper: ink.paper });
  const rgb = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; from < data.length; from += 4) {
    rgb[to++] = data[from]!;
    rgb[to++] = data[from + 1]!;
    rgb[to++] = data[from + 2]!;
  }
  return { width, height, data: rgb };
}

/**
 * An SVG document as a notebook shows it (a JPEG) and as files: a PNG with a palette, and itself.
 */
export function svgEncodings(svg: string): {
  readonly make: () => Promise<readonly Encoded[]>;
  readonly files: Readonly<Record<string, () => Promise<Uint8Array>>>;
} {
  return {
    make: async () => [{
      mime: "image/jpeg",
      bytes: await denseJpeg(svgToImage(svg), sharpness, drawingQuality),
    }],
    files: {
      ".png": async () => await palettePng(svgToImage(svg), 96 * sharpness),
      ".svg": () => Promise.resolve(new TextEncoder().encode(svg)),
    },
  };
}

/** JPEG quality of drawings, whose edges show what JPEG does to them. */
const drawingQuality = 84;
