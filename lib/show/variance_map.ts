import type { RgbImage } from "../image/mod.ts";
import { Canvas } from "./canvas.ts";
import { colorBar } from "./color_bar.ts";
import { colorMap, type ColorMapName } from "./color_map.ts";
import { formatNumber } from "./number_format.ts";
import { enlarged, PictureDrawing } from "./picture.ts";
import { sharpness } from "./theme.ts";
import { deviationMap, type PixelMap } from "./pixel_statistics.ts";

/** How a map is drawn. */
export interface MapOptions {
  /** Width of the map in pixels, two for a CSS pixel. Default: its own, enlarged to about 640. */
  readonly size?: number;
  /** Default: "inferno". */
  readonly colors?: ColorMapName;
  /** The values at the two ends of the colour bar. Default: 0 and the largest value. */
  readonly range?: readonly [number, number];
  /** What the numbers are. */
  readonly label?: string;
}

/**
 * Where pictures of one size differ: the map of the mean over channels of the standard deviation
 * over pictures for each pixel, in the unit of [0, 1] images, with its colour bar.
 */
export function varianceMap(images: Iterable<RgbImage>, options: MapOptions = {}): PictureDrawing {
  return pixelMap(deviationMap(images), { label: "standard deviation", ...options });
}

/** A map of one number for each pixel as colours, with a labelled colour bar. */
export function pixelMap(map: PixelMap, options: MapOptions = {}): PictureDrawing {
  const { colors = "inferno", label = "" } = options;
  const [low, high] = options.range ??
    [0, map.values.reduce((largest, value) => Math.max(largest, value), 0) || 1];
  const size = options.size ?? enlarged(map.width, 640);
  const height = Math.round(map.height * size / map.width);
  const color = colorMap(colors);
  const place = { x: size / sharpness + 16, y: 8, height: height / sharpness - 16 };
  const bar = colorBar(place, [low, high], color, label);
  const width = Math.ceil((place.x + bar.width) * sharpness);
  return new PictureDrawing(
    `Map of ${map.width} x ${map.height} pixels${label && `: ${label}`}, colours from ` +
      `${formatNumber(low, 3)} to ${formatNumber(high, 3)}`,
    width,
    () => {
      // Values are interpolated, not colours: between two colours of the map there are others than
      // those of the values between.
      const values = interpolated(map, size, height);
      const data = new Uint8Array(values.length * 3);
      values.forEach((value, index) => data.set(color((value - low) / (high - low)), 3 * index));
      const canvas = new Canvas(width, height);
      canvas.paste({ width: size, height, data }, 0, 0);
      canvas.draw(bar.content, sharpness);
      return Promise.resolve(canvas);
    },
    { density: sharpness, fewColours: true },
  );
}

/** The map in another size: linear between the middles of its pixels, constant beyond the outer ones. */
function interpolated(map: PixelMap, width: number, height: number): Float32Array {
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const [above, below, down] = neighbours((y + 0.5) * map.height / height - 0.5, map.height);
    for (let x = 0; x < width; x++) {
      const [left, right, along] = neighbours((x + 0.5) * map.width / width - 0.5, map.width);
      const row = (at: number) =>
        map.values[at * map.width + left]! * (1 - along) +
        map.values[at * map.width + right]! * along;
      values[y * width + x] = row(above) * (1 - down) + row(below) * down;
    }
  }
  return values;
}

function neighbours(place: number, size: number): [number, number, number] {
  const clipped = Math.min(size - 1, Math.max(0, place));
  const first = Math.floor(clipped);
  return [first, Math.min(size - 1, first + 1), clipped - first];
}
