import type { RgbImage } from "../../image/mod.ts";
import { paintBackground } from "./background.ts";
import { type Color, color, mix, scaled } from "./color.ts";
import { noise, smoothstep } from "./noise.ts";
import { developed } from "./people.ts";
import { Random } from "./random.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A picture as a function: the linear colour at a place, x to the right, y down, height = 1. */
type Painting = (x: number, y: number) => Color;

/** What a picture without people shows. */
export const sceneNames = [
  "mountains",
  "sea",
  "city at night",
  "stage",
  "lights",
  "food",
  "flowers",
  "poster",
  "fabric",
] as const;

/**
 * Paints a picture without people: a landscape, a stage, food, a pattern. Nothing in it has the
 * shape of a face. The same seed and size always give the same bytes.
 */
export function paintScene(seed: number, size: Size): RgbImage {
  const random = new Random(seed, 3);
  const name = random.pick(sceneNames);
  const scene = name === "stage" || name === "lights"
    ? paintBackground({
      name: name === "stage" ? "stage" : "bokeh",
      colors: random.pick([
        ["#12142b", "#5b5bff", "#ff4fa8"],
        ["#1d0f2a", "#b04fff", "#ffd36b"],
        ["#101c2c", "#3fa0ff", "#ff8fc0"],
      ]),
      seed,
    }, size)
    : rendered(painting(name, random, size.width / size.height), size);
  return developed(scene, size, seed);
}

function rendered(at: Painting, { width, height }: Size): Float32Array {
  const pixels = new Float32Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      pixels.set(at((x + 0.5) / height, (y + 0.5) / height), 3 * (y * width + x));
    }
  }
  return pixels;
}

type Painted = Exclude<(typeof sceneNames)[number], "stage" | "lights">;

function painting(name: Painted, random: Random, wide: number): Painting {
  switch (name) {
    case "mountains":
      return mountains(random);
    case "sea":
      return sea(random);
    case "city at night":
      return city(random, wide);
    case "food":
      return food(random, wide);
    case "flowers":
      return flowers(random, wide);
    case "poster":
      return poster(random, wide);
    case "fabric":
      return fabric(random);
  }
}

function mountains(random: Random): Painting {
  const shift = random.between(0, 50);
  const [high, low] = random.pick(
    [["#4f86c6", "#f3d9c2"], ["#2d3f73", "#f29e7a"], [
      "#8fb6d9",
      "#f4f1ea",
    ]] as const,
  ).map(color) as [Color, Color];
  const near = color(random.pick(["#2f4a3c", "#3b3550", "#4a5a3a"]));
  return (x, y) => {
    let tint = mix(high, low, smoothstep(0, 0.6, y));
    for (let ridge = 0; ridge < 5; ridge++) {
      const top = 0.34 + 0.13 * ridge -
        0.22 / (1 + 0.4 * ridge) * (noise(x * (2 + ridge) + shift + 9 * ridge, ridge) - 0.3) -
        0.03 * noise(x * 16 + shift, ridge + 7);
      const haze = mix(low, near, 0.3 + 0.16 * ridge);
      tint = mix(tint, haze, smoothstep(top - 0.002, top + 0.002, y));
    }
    return tint;
  };
}

function sea(random: Random): Painting {
  const level = random.between(0.35, 0.55);
  const sunX = random.between(0.2, 1.2);
  const [sky, glow, water] = random.pick([
    ["#7fb4e6", "#fbe9cf", "#2f6f8f"],
    ["#4a4a85", "#ff9d6b", "#25375f"],
  ]).map(color) as [Color, Color, Color];
  return (x, y) => {
    const sun = Math.exp(-(((x - sunX) / 0.25) ** 2));
    if (y < level) return mix(sky, glow, smoothstep(-0.1, level, y) * (0.5 + 0.5 * sun));
    const depth = (y - level) / (1 - level);
    const wave = noise(x * 14 / (0.15 + depth), 40 * Math.sqrt(depth) + 3);
    return mix(water, glow, smoothstep(0.55, 0.9, wave) * (0.15 + 0.7 * sun) * (1 - 0.5 * depth));
  };
}

function city(random: Random, wide: number): Painting {
  const blocks = Array.from({ length: 14 }, (_, index) => ({
    left: wide * (index / 14) - 0.03,
    right: wide * ((index + 1) / 14) + random.between(0, 0.06),
    top: random.between(0.2, 0.7),
    seed: random.below(1000),
  }));
  const dusk = color(random.pick(["#2b2a52", "#16233f", "#3d2348"]));
  return (x, y) => {
    let tint = mix(dusk, color("#d98a6a"), smoothstep(0.2, 1.1, y) * 0.6);
    for (const { left, right, top, seed } of blocks) {
      if (x < left || x > right || y < top) continue;
      const u = (x - left) * 34;
      const v = (y - top) * 26;
      const lit = noise(Math.floor(u) * 7.3 + seed, Math.floor(v) * 5.7) > 0.58;
      const pane = u % 1 > 0.3 && v % 1 > 0.35;
      tint = lit && pane ? scaled(color("#ffd79a"), 0.8) : scaled(dusk, 0.35);
    }
    return tint;
  };
}

function food(random: Random, wide: number): Painting {
  const table = color(random.pick(["#8b5e3c", "#e7dfd2", "#39424e", "#c9a27e"]));
  const dishes = Array.from({ length: 3 + random.below(3) }, () => ({
    x: random.between(0.1, wide - 0.1),
    y: random.between(0.15, 0.85),
    radius: random.between(0.14, 0.26),
    bowl: color(random.pick(["#f7f4ee", "#2f2d2d", "#b7c7cf", "#d8b08c"])),
    soup: color(random.pick(["#b5402a", "#e0b45a", "#8fa653", "#f2e3c0", "#6b3f2a"])),
    seed: random.between(0, 60),
  }));
  return (x, y) => {
    let tint = scaled(table, 0.75 + 0.35 * noise(x * 3, y * 40));
    for (const { x: cx, y: cy, radius, bowl, soup, seed } of dishes) {
      const distance = Math.hypot(x - cx, y - cy) / radius;
      tint = scaled(
        tint,
        1 - 0.35 * smoothstep(1.25, 0.95, Math.hypot(x - cx, y - cy - 0.02) / radius),
      );
      tint = mix(tint, bowl, smoothstep(1.01, 0.99, distance));
      if (distance > 0.87) continue;
      const lump = noise((x + seed) * 60, y * 60);
      const leaf = noise((x + seed) * 52 + 9, y * 52);
      tint = scaled(soup, 0.7 + 0.5 * lump);
      if (leaf > 0.74) tint = scaled(color("#5f8f3e"), 0.7 + 0.4 * lump);
      if (leaf < 0.2) tint = scaled(color("#f3c65b"), 0.7 + 0.4 * lump);
    }
    return tint;
  };
}

function flowers(random: Random, wide: number): Painting {
  const leaf = color(random.pick(["#41693f", "#5b7f52", "#2d5145"]));
  const blooms = Array.from({ length: 22 }, () => ({
    x: random.between(0, wide),
    y: random.next(),
    radius: random.between(0.05, 0.13),
    petals: 5 + random.below(4),
    turn: random.between(0, 6),
    tint: color(random.pick(["#f2a7b9", "#fbe3ea", "#f5d35d", "#b58bd6", "#e86a6f", "#ffffff"])),
  }));
  return (x, y) => {
    let tint = scaled(leaf, 0.45 + 0.9 * noise(x * 17, y * 17));
    for (const { x: cx, y: cy, radius, petals, turn, tint: petal } of blooms) {
      const distance = Math.hypot(x - cx, y - cy) / radius;
      if (distance > 1) continue;
      const angle = Math.atan2(y - cy, x - cx) * petals / 2 + turn;
      const edge = 0.55 + 0.45 * Math.abs(Math.cos(angle));
      if (distance < edge) tint = scaled(petal, 0.55 + 0.45 * distance / edge);
      if (distance < 0.2) tint = color("#d9a531");
    }
    return tint;
  };
}

function poster(random: Random, wide: number): Painting {
  const colors = random.pick([
    ["#f4c7d0", "#3e4c8a", "#f7e3a1"],
    ["#1f2a3c", "#ef6a5a", "#f1e8d6"],
    ["#d5ead8", "#2f6f62", "#f2b36b"],
  ]).map(color) as [Color, Color, Color];
  const bars = Array.from({ length: 8 }, () => ({
    x: random.between(0, wide * 0.7),
    y: random.next(),
    width: random.between(0.1, wide * 0.6),
    height: random.between(0.012, 0.08),
    tint: random.pick(colors.slice(1)),
  }));
  return (x, y) => {
    let tint = colors[0];
    for (const bar of bars) {
      if (x > bar.x && x < bar.x + bar.width && y > bar.y && y < bar.y + bar.height) {
        tint = bar.tint;
      }
    }
    return tint;
  };
}

function fabric(random: Random): Painting {
  const [ground, figure] = random.pick([
    ["#34495e", "#e8dcc5"],
    ["#f1e6e0", "#c4687a"],
    ["#dfe8ea", "#46788c"],
  ]).map(color) as [Color, Color];
  const count = random.between(5, 11);
  const kind = random.below(3);
  return (x, y) => {
    const weave = 0.86 + 0.14 * Math.sin(x * 520) * Math.sin(y * 520);
    const u = x * count;
    const v = y * count;
    const on = kind === 0
      ? Math.abs((u + v) % 2 - 1) < 0.4
      : kind === 1
      ? (Math.floor(u) + Math.floor(v)) % 2 === 0
      : Math.abs(v % 1 - 0.5 + 0.2 * Math.sin(u * 3)) < 0.17;
    return scaled(on ? figure : ground, weave);
  };
}
