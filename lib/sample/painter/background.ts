import { type Color, color, mix, ramp, scaled } from "./color.ts";
import type { Background } from "./factors.ts";
import { noise, smoothstep } from "./noise.ts";
import { Random } from "./random.ts";
import type { PortraitRanges } from "./ranges.ts";

/** The names of backgrounds. */
export type BackgroundName =
  | "studio"
  | "gradient"
  | "soft"
  | "bokeh"
  | "stage"
  | "street"
  | "sky"
  | "pastel";

const palettes: Readonly<Record<BackgroundName, readonly (readonly [string, string, string])[]>> = {
  studio: [
    ["#cfd3d8", "#aab0b8", "#ffffff"],
    ["#d9d2cb", "#b7ada4", "#ffffff"],
    ["#c4ccd6", "#98a4b3", "#ffffff"],
    ["#d6cdd4", "#b1a5b0", "#ffffff"],
    ["#c9d1cb", "#a2ada6", "#ffffff"],
  ],
  gradient: [
    ["#cfd9e6", "#a7b6cc", "#e6dde6"],
    ["#e3d5d8", "#bfa9b2", "#d9dcec"],
    ["#cbd8d5", "#a1b5b3", "#e5e3d6"],
    ["#d8d2e2", "#aaa2c0", "#e8d9dc"],
  ],
  soft: [
    ["#b9c3cf", "#d8d0c8", "#8d9aa8"],
    ["#c9beb4", "#dcd6d0", "#a3948a"],
    ["#b5c4bd", "#dadfd3", "#8ba398"],
  ],
  bokeh: [
    ["#232a44", "#ffb66b", "#7fb2ff"],
    ["#3a2340", "#ff8fc0", "#ffd98a"],
    ["#1f3540", "#8fe0d0", "#ffe3a3"],
  ],
  stage: [
    ["#12142b", "#5b5bff", "#ff4fa8"],
    ["#1d0f2a", "#b04fff", "#4fc3ff"],
    ["#101c2c", "#3fa0ff", "#ffd36b"],
  ],
  street: [["#8c8f94", "#c9b79b", "#5f6d7a"], ["#6f7f8f", "#d9a77f", "#3f4a57"]],
  sky: [["#86b8ea", "#e8f1fb", "#b7d5f3"], ["#f2b79b", "#7f8fc9", "#f8dcc8"]],
  pastel: [
    ["#f7c9d4", "#c9dcf7", "#fbeab7"],
    ["#cdeed9", "#f7d7e6", "#d5d2f5"],
    ["#fbd9b5", "#bfe3ec", "#f5c2cf"],
  ],
};

/** Draws what stands behind a person. */
export function drawBackground(random: Random, ranges: PortraitRanges): Background {
  const name = random.weighted(ranges.backgrounds);
  return { name, colors: random.pick(palettes[name]), seed: random.below(1_000_000) };
}

/** Paints a background in linear light: three numbers a pixel, row by row. */
export function paintBackground(
  background: Background,
  { width, height }: { width: number; height: number },
): Float32Array {
  const pixels = new Float32Array(width * height * 3);
  const at = backgroundColor(background, width / height);
  // Backgrounds are out of focus: a quarter of the places is enough, the rest is interpolated.
  const step = Math.max(1, Math.round(Math.min(width, height) / 110));
  const columns = Math.ceil(width / step) + 1;
  const lines = Math.ceil(height / step) + 1;
  const coarse = new Float32Array(columns * lines * 3);
  for (let row = 0; row < lines; row++) {
    for (let column = 0; column < columns; column++) {
      const [r, g, b] = at(column * step / width, row * step / height);
      const index = 3 * (row * columns + column);
      coarse[index] = r;
      coarse[index + 1] = g;
      coarse[index + 2] = b;
    }
  }
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / step);
    const fy = y / step - row;
    for (let x = 0; x < width; x++) {
      const column = Math.floor(x / step);
      const fx = x / step - column;
      const a = 3 * (row * columns + column);
      const below = a + 3 * columns;
      const out = 3 * (y * width + x);
      for (let channel = 0; channel < 3; channel++) {
        const upper = coarse[a + channel]! + (coarse[a + 3 + channel]! - coarse[a + channel]!) * fx;
        const lower = coarse[below + channel]! +
          (coarse[below + 3 + channel]! - coarse[below + channel]!) * fx;
        pixels[out + channel] = upper + (lower - upper) * fy;
      }
    }
  }
  return pixels;
}

function backgroundColor(
  { name, colors, seed }: Background,
  aspect: number,
): (x: number, y: number) => Color {
  const random = new Random(seed, 5);
  const [first, second, third] = colors.map(color) as [Color, Color, Color];
  const vignette = (x: number, y: number) =>
    1 - 0.35 * smoothstep(0.35, 0.95, Math.hypot(x - 0.5, y - 0.45));
  switch (name) {
    case "studio": {
      const cx = random.between(0.35, 0.65);
      return (x, y) =>
        scaled(
          mix(first, second, smoothstep(0.1, 0.85, Math.hypot(x - cx, y - 0.35))),
          vignette(x, y),
        );
    }
    case "gradient": {
      const tilt = random.between(-0.5, 0.5);
      return (x, y) => ramp([first, second, third], y * 0.9 + tilt * (x - 0.5) + 0.05);
    }
    case "soft": {
      const shift = random.between(0, 40);
      return (x, y) => {
        const cloud = noise(x * aspect * 2.2 + shift, y * 2.2 + shift);
        const deep = noise(x * aspect * 1.1 + shift + 9, y * 1.1 + 3);
        return scaled(mix(mix(first, second, cloud), third, deep * 0.5), vignette(x, y));
      };
    }
    case "pastel": {
      const circles = Array.from({ length: 6 }, () => ({
        x: random.next(),
        y: random.next(),
        radius: random.between(0.08, 0.3),
        tint: random.pick([second, third, mix(first, [1, 1, 1], 0.5)]),
      }));
      return (x, y) => {
        let tint: Color = first;
        for (const circle of circles) {
          const distance = Math.hypot((x - circle.x) * aspect, y - circle.y) - circle.radius;
          tint = mix(tint, circle.tint, smoothstep(0.012, -0.012, distance) * 0.85);
        }
        return tint;
      };
    }
    case "sky": {
      const shift = random.between(0, 40);
      return (x, y) => {
        const base = mix(first, third, y);
        const cloud = 0.6 * noise(x * aspect * 3 + shift, y * 5) +
          0.4 * noise(x * aspect * 8 + shift, y * 12);
        return mix(base, second, smoothstep(0.5, 0.8, cloud));
      };
    }
    case "bokeh": {
      const lights = Array.from({ length: 26 }, () => ({
        x: random.next(),
        y: random.next() ** 1.3,
        radius: random.between(0.02, 0.085),
        tint: scaled(
          random.pick([second, third, mix(second, third, 0.5)]),
          random.between(0.25, 0.9),
        ),
      }));
      return (x, y) => {
        let [r, g, b] = scaled(first, 0.5 + 0.6 * (1 - y));
        for (const light of lights) {
          const distance = Math.hypot((x - light.x) * aspect, y - light.y) / light.radius;
          if (distance > 1.2) continue;
          const glow = smoothstep(1.15, 0.9, distance) *
            (0.55 + 0.45 * smoothstep(0.5, 1, distance));
          r += light.tint[0] * glow;
          g += light.tint[1] * glow;
          b += light.tint[2] * glow;
        }
        return [r, g, b];
      };
    }
    case "stage": {
      const beams = Array.from({ length: 6 }, () => ({
        x: random.next(),
        lean: random.between(-0.6, 0.6),
        width: random.between(0.04, 0.12),
        tint: scaled(random.pick([second, third]), random.between(0.35, 0.9)),
      }));
      return (x, y) => {
        let [r, g, b] = scaled(first, 1.2);
        for (const beam of beams) {
          const across = (x - beam.x - beam.lean * y) / (beam.width * (0.4 + y));
          const glow = Math.exp(-across * across) * (1 - 0.65 * y);
          r += beam.tint[0] * glow;
          g += beam.tint[1] * glow;
          b += beam.tint[2] * glow;
        }
        return [r, g, b];
      };
    }
    case "street": {
      const blocks = Array.from({ length: 9 }, (_, index) => ({
        x: index / 9 + random.between(-0.05, 0.05),
        width: random.between(0.06, 0.16),
        top: random.between(0, 0.5),
        tint: scaled(mix(second, third, random.next()), random.between(0.5, 1.1)),
      }));
      return (x, y) => {
        let tint = mix(first, [0.75, 0.8, 0.85], 1 - y);
        for (const block of blocks) {
          const inside = smoothstep(block.width + 0.02, block.width - 0.02, Math.abs(x - block.x)) *
            smoothstep(block.top - 0.02, block.top + 0.02, y);
          tint = mix(tint, block.tint, inside * 0.8);
        }
        return scaled(tint, 0.75 + 0.25 * noise(x * 6, y * 6));
      };
    }
  }
}
