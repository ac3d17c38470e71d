import type { Vector } from "../camera.ts";
import { alongScalp, partingLine } from "./comb.ts";
import type { Lock } from "./drape.ts";
import type { Root } from "./roots.ts";
import { type Growing, shapeLock } from "./shape_lock.ts";

/** Whether hair that grows at a root of the front hangs over the forehead. */
export function isFringe(root: Root, { style, random }: Growing): boolean {
  const { kind } = style.fringe!;
  switch (kind) {
    case "full":
      return Math.abs(root.angle) < 0.72;
    case "wispy":
      return Math.abs(root.angle) < 0.62 && random.chance(style.top < 1 ? 0.9 : 0.5);
    case "curtain":
      return Math.abs(root.angle) < 0.6;
    case "sweep":
    case "comma":
      return Math.abs(root.angle) < 0.8;
  }
}

/** A lock that hangs over the forehead. */
export function fringeLock(root: Root, growing: Growing): Lock {
  const { look, style, random } = growing;
  const { kind, length } = style.fringe!;
  const x = root.point[0];
  let across: number;
  let down = -0.35;
  let weight = 0.85;
  let reach = length + 0.75 * root.above;
  let lift = 0.05;
  let open = 0;
  switch (kind) {
    case "full":
      across = x * 0.25 + 0.05 * look.side + 0.1 * random.bell();
      reach *= random.between(0.86, 1.06) * (1 + 0.28 * Math.min(1, Math.abs(x) / 0.55) ** 2);
      break;
    case "wispy":
      across = x * 0.2 + 0.16 * look.side + 0.2 * random.bell();
      reach *= random.between(0.8, 1.1) * (1 + 0.3 * Math.abs(x));
      break;
    case "curtain": {
      const side = x - partingLine(look, style) >= 0 ? 1 : -1;
      across = side * (0.75 + 0.4 * Math.abs(x));
      lift = 0.16;
      weight = 0.7;
      open = style.top < 1 ? 0.3 : 0.62 + 0.5 * Math.abs(x);
      reach *= random.between(0.9, 1.08) * (1 + 0.35 * Math.abs(x));
      break;
    }
    case "sweep":
      across = (x * look.side > -0.32 ? look.side : -look.side) * random.between(1, 1.4);
      down = 0.05;
      weight = 0.42;
      lift = 0.2;
      reach *= random.between(0.9, 1.1);
      break;
    case "comma": {
      const main = x * look.side > -0.22;
      across = main ? look.side * random.between(0.55, 0.95) : -look.side * 1.3;
      down = main ? -0.15 : 0.1;
      weight = main ? 0.62 : 0.4;
      lift = 0.2;
      reach *= random.between(0.9, 1.1);
      break;
    }
  }
  const layer = 0.55 + 0.45 * random.next();
  const beside = 0.045 * random.bell();
  return shapeLock({
    growing,
    root,
    start: [x + beside, root.point[1] + 0.02 * random.bell(), root.point[2]],
    layer,
    direction: alongScalp([across, down, 0.75], root.normal, lift * 3),
    length: reach * look.length,
    segments: 10,
    weight,
    clearance: 0.03 + (0.02 + lift * 0.5) * layer,
    rise: 0.2,
    hug: 0.5,
    open,
    tie: null,
    width: (kind === "wispy" ? 0.034 : 0.075) * random.between(0.7, 1.2),
    fringe: true,
  });
}

/** A thin strand that escaped in front of an ear and frames the face. */
export function looseStrand(side: -1 | 1, growing: Growing): Lock {
  const { look, random } = growing;
  const point: Vector = [side * random.between(0.6, 0.68), random.between(0.25, 0.45), 0.38];
  return shapeLock({
    growing,
    root: { point, normal: [side * 0.9, 0.1, 0.4], angle: side * 1, above: 0 },
    layer: 1,
    direction: [side * 0.05, -0.7, 0.4],
    length: random.between(0.7, 1.35) * look.length,
    segments: 14,
    weight: 0.5,
    clearance: 0.03,
    rise: 0.15,
    hug: 0.7,
    open: random.between(0.9, 1.02),
    tie: null,
    width: 0.035 * random.between(0.7, 1.3),
    fringe: true,
  });
}
