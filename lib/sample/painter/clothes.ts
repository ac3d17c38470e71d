import { type Color, color, mix } from "./color.ts";
import type { Person } from "./factors.ts";
import { noise, smoothstep } from "./noise.ts";

/** The names of clothes. */
export type ClothesName =
  | "t-shirt"
  | "v-neck"
  | "blouse"
  | "shirt"
  | "turtleneck"
  | "blazer"
  | "hoodie"
  | "off-shoulder"
  | "straps"
  | "uniform"
  | "stage jacket"
  | "leather jacket";

/** What covers the body at a place: how surely, in what colour, how glossy, how deep in a fold. */
export interface Cloth {
  cover: number;
  red: number;
  green: number;
  blue: number;
  gloss: number;
  shade: number;
}

/** Clothes as functions of a place on the body. */
export interface Clothes {
  /** Thickness over the skin, in head units. */
  thickness(x: number, y: number, z: number): number;
  /** Fills in what is at a place; `soft` is the width of an edge. */
  at(x: number, y: number, z: number, soft: number, cloth: Cloth): void;
}

/** Height below which a neckline covers, in front (z > neck) or at the back. */
function neckline(kind: ClothesName, x: number, front: number): number {
  const ax = Math.abs(x);
  const crew = -1.6 - 0.2 * front + 0.12 * ax;
  const vee = (depth: number, slope: number) =>
    Math.min(-1.56, crew * (1 - front) + front * (depth + slope * ax));
  switch (kind) {
    case "t-shirt":
      return crew - 0.06 * front;
    case "v-neck":
      return vee(-2.3, 1.15);
    case "blouse":
      return vee(-2.12, 1.25);
    case "shirt":
      return vee(-1.98, 1.25);
    case "turtleneck":
      return -1.28 - 0.08 * front;
    case "blazer":
    case "uniform":
    case "stage jacket":
    case "leather jacket":
      return crew - 0.04 * front;
    case "hoodie":
      return -1.5 - 0.28 * front + 0.1 * ax;
    case "off-shoulder":
      return -2.24 + 0.05 * ax * ax;
    case "straps":
      return Math.max(
        -2.42 + 0.3 * Math.exp(-(((ax - 0.62) / 0.3) ** 2)),
        Math.abs(ax - 0.78 - 0.05 * (y0 + 2)) < 0.05 ? -1.4 : -9,
      );
  }
}
const y0 = -2;

/** The clothes that a person wears. */
export function clothes({ clothes: wear }: Person): Clothes {
  const main = color(wear.color);
  const accent = color(wear.accent);
  const white = color("#f4f2ee");
  const { kind } = wear;
  const jacket = kind === "blazer" || kind === "uniform" || kind === "stage jacket" ||
    kind === "leather jacket";
  const outer: Color = kind === "leather jacket" ? color("#1b1a1c") : main;
  const inner: Color = kind === "uniform" || kind === "blazer" ? white : accent;
  const edge = (x: number, y: number, z: number) =>
    neckline(kind, x, smoothstep(-0.55, 0.2, z)) - y;
  return {
    thickness(x, y, z) {
      const inside = smoothstep(-0.03, 0.09, edge(x, y, z));
      const collar = kind === "hoodie" || kind === "turtleneck"
        ? 0.06 * smoothstep(0.3, 0.05, edge(x, y, z))
        : 0;
      const lapel = jacket ? 0.035 * smoothstep(-0.02, 0.03, lapelEdge(x, y)) : 0;
      return inside * (0.035 + collar + lapel);
    },
    at(x, y, z, soft, cloth) {
      const distance = edge(x, y, z);
      cloth.cover = smoothstep(-soft, soft, distance);
      if (cloth.cover === 0) return;
      let tint = main;
      let gloss = 0.03;
      let shade = 1 - 0.35 * smoothstep(0.05, 0, distance);
      if (jacket && z > -0.1) {
        const over = lapelEdge(x, y);
        tint = mix(inner, outer, smoothstep(-soft, soft, over));
        shade *= 1 -
          0.45 * smoothstep(0.06, 0, Math.abs(over + 0.03)) * smoothstep(0.01, -0.01, over);
        const fold = Math.abs(over - 0.34 - 0.1 * (y + 2.2));
        if (over > 0) shade *= 1 - 0.4 * smoothstep(0.012 + soft, 0, fold);
        gloss = over > 0 && kind === "leather jacket" ? 0.5 : 0.04;
        const ax = Math.abs(x);
        if (kind === "uniform" && over < 0 && ax < 0.075 + 0.02 * (-1.9 - y)) {
          tint = mix(tint, accent, smoothstep(0.08 + soft, 0.06, ax));
          shade = 0.95;
        }
      } else if (jacket) tint = outer;
      if (kind === "shirt" || kind === "blouse") {
        const ax = Math.abs(x);
        const collar = Math.abs(distance - 0.2 + 0.15 * ax);
        if (z > -0.1 && ax < 0.75) shade *= 1 - 0.35 * smoothstep(0.014 + soft, 0, collar);
        if (z > 0 && ax < 0.012 + soft) shade *= 0.8;
      }
      if (kind === "hoodie" && z > 0) {
        const cord = Math.abs(Math.abs(x) - 0.24 - 0.02 * Math.sin(5 * y));
        if (y > -2.55 && distance > 0.12) {
          tint = mix(tint, white, smoothstep(0.02 + soft, 0.012, cord));
        }
        shade *= 1 - 0.3 * smoothstep(0.05, 0, Math.abs(distance - 0.24));
      }
      const worn = wear.pattern;
      const onMain = !jacket || lapelEdge(x, y) > 0;
      if (onMain && worn === "stripes") {
        tint = mix(
          tint,
          accent,
          smoothstep(0.06, 0.05, Math.abs(((y * 5) % 1 + 1) % 1 - 0.5) * 0.4),
        );
      } else if (onMain && worn === "checks") {
        const across = Math.abs(((x * 3 % 1) + 1) % 1 - 0.5) < 0.12 ? 0.35 : 0;
        const down = Math.abs(((y * 3 % 1) + 1) % 1 - 0.5) < 0.12 ? 0.35 : 0;
        tint = mix(tint, accent, across + down);
      } else if (onMain && worn === "dots") {
        const u = x * 4.5;
        const row = Math.floor(y * 4.5);
        const du = u + (row & 1) * 0.5 - Math.round(u + (row & 1) * 0.5);
        const dv = y * 4.5 - row - 0.5;
        tint = mix(tint, accent, smoothstep(0.26, 0.2, Math.hypot(du, dv)));
      } else if (worn === "knit" && !jacket) {
        shade *= 0.9 + 0.1 * Math.sin(y * 75 + 3 * Math.abs(Math.sin(x * 38)));
        gloss = 0;
      } else if (worn === "sequins" || kind === "stage jacket") {
        const glint = noise(x * 70, y * 70);
        gloss = 0.1 + 1.2 * glint ** 7;
      }
      // Soft folds from the shoulders down.
      shade *= 0.94 + 0.12 * noise(x * 3 + y * 1.2 + 7, y * 1.1 + 3);
      cloth.red = tint[0];
      cloth.green = tint[1];
      cloth.blue = tint[2];
      cloth.gloss = gloss;
      cloth.shade = shade;
    },
  };
}

/** Positive on the jacket, negative on what is worn under it. */
function lapelEdge(x: number, y: number): number {
  return Math.abs(x) - 0.1 - 0.42 * (y + 2.75);
}
