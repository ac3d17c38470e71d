import type { Vector } from "../camera.ts";
import type { HairLook } from "../factors.ts";
import { hairline, type SurfaceGrid } from "../head.ts";
import { Random } from "../random.ts";
import { growLock, type HairWorld, type Lock, pushOut } from "./drape.ts";
import { alongScalp, combDirection, nearestTie, partingLine } from "./comb.ts";
import { type HairStyle, hairStyle, type Tie } from "./styles.ts";

interface Root {
  readonly point: Vector;
  readonly normal: Vector;
  /** Angle round the head: 0 = front, positive at the image's right. */
  readonly angle: number;
  /** Height over the hairline. */
  readonly above: number;
}

/** Grows all locks of a person's hair on a head, outer layers first. */
export function growHair(
  look: HairLook,
  head: SurfaceGrid,
  { world, seed, density }: { world: HairWorld; seed: number; density: number },
): Lock[] {
  const style = hairStyle(look.style);
  const random = new Random(seed, 11);
  const count = Math.round(style.locks * density);
  // Fewer locks are wider ones: the head stays covered.
  const breadth = 1 / Math.sqrt(density);
  const locks: Lock[] = [];
  for (const root of scalpRoots(head, count, random)) {
    locks.push(...lockAt(root, { look, style, world, random, breadth }));
  }
  for (const tie of style.ties) {
    locks.push(...tiedHair(tie, { look, world, random, count: Math.round(85 * density), breadth }));
  }
  if (style.ties.some(({ share }) => share === 1)) {
    for (const side of [-1, 1] as const) {
      for (let wisp = 0; wisp < 5; wisp++) {
        locks.push(looseStrand(side, { look, style, world, random, breadth: 1 }));
      }
    }
  }
  return locks.sort((a, b) => b.layer - a.layer);
}

/** Spreads roots evenly over the scalp, by area. */
function scalpRoots(head: SurfaceGrid, count: number, random: Random): Root[] {
  const { points, normals, columns, rows } = head;
  const indices: number[] = [];
  const sums: number[] = [];
  let total = 0;
  for (let row = 1; row < rows - 8; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const index = row * columns + column;
      const x = points[3 * index]!;
      const y = points[3 * index + 1]!;
      const z = points[3 * index + 2]!;
      const angle = Math.abs(Math.atan2(x, z + 0.05));
      if (y < hairline(angle)) continue;
      const right = 3 * (index + 1);
      const up = 3 * (index - columns);
      total += Math.hypot(points[right]! - x, points[right + 1]! - y, points[right + 2]! - z) *
        Math.hypot(points[up]! - x, points[up + 1]! - y, points[up + 2]! - z);
      indices.push(index);
      sums.push(total);
    }
  }
  const roots: Root[] = [];
  let place = 0;
  for (let number = 0; number < count; number++) {
    const target = (number + random.next()) / count * total;
    while (place < sums.length - 1 && sums[place]! < target) place++;
    while (place > 0 && sums[place - 1]! >= target) place--;
    const index = indices[place]!;
    const at = 3 * index;
    const jitter = () => random.between(-0.025, 0.025);
    const point: Vector = [
      points[at]! + jitter(),
      points[at + 1]! + jitter(),
      points[at + 2]! + jitter(),
    ];
    const angle = Math.atan2(point[0], point[2] + 0.05);
    roots.push({
      point,
      normal: [normals[at]!, normals[at + 1]!, normals[at + 2]!],
      angle,
      above: point[1] - hairline(Math.abs(angle)),
    });
  }
  return roots;
}

interface Growing {
  readonly look: HairLook;
  readonly style: HairStyle;
  readonly world: HairWorld;
  readonly random: Random;
  readonly breadth: number;
}

function lockAt(root: Root, growing: Growing): Lock[] {
  const { look, style, random } = growing;
  const front = Math.abs(root.angle) < 0.85 && root.point[2] > 0.2;
  const { fringe } = style;
  const short = style.top < 1;
  // Cropped sides and napes are short enough for the cap alone.
  if (short && root.point[1] < 0.2) return [];
  if (fringe && front && root.above < 0.3 && isFringe(root, growing)) {
    const copies = style.fringe!.kind === "wispy" ? 4 : 3;
    return Array.from({ length: copies }, () => fringeLock(root, growing));
  }
  const [, y, z] = root.point;
  const top = Math.max(0, Math.min(1, (y - 0.25) / 0.45));
  const usual = style.sides + (style.top - style.sides) * top;
  const gathered = nearestTie(root.point, style);
  const tie = gathered && (gathered.share === 1 || random.chance(0.9)) ? gathered : null;
  const distance = tie ? Math.hypot(tie.at[0] - root.point[0], tie.at[1] - y, tie.at[2] - z) : 0;
  // Hair lies over what it passes: over lower roots, or over those nearer to the tie.
  const order = tie ? distance / 2 : style.parting === "back" ? (z + 1) / 2 : (y + 0.65) / 1.8;
  const layer = Math.max(0, Math.min(1, 0.72 * order + 0.28 * random.next()));
  const comb = combDirection(root.point, { look, style, jitter: 0.08 * random.bell() });
  return [shape({
    growing,
    root,
    layer,
    direction: alongScalp(comb, root.normal, short ? 0.15 + 0.3 * top : 0.12),
    length: tie ? distance * 1.5 : usual * look.length * random.between(0.86, 1.06),
    segments: tie ? 12 : short ? (style.wave > 1 ? 14 : 9) : style.wave > 0.5 ? 28 : 17,
    weight: short ? 0.3 : 0.62,
    clearance: style.lift * look.volume * (0.64 + 0.32 * layer) * (short ? 0.3 + 0.7 * top : 1) +
      0.015,
    rise: tie ? distance : 0.35,
    hug: short ? 0.85 : 0.4,
    open: short ? 0 : style.open * random.between(0.9, 1.2),
    tie: tie ? tie.at : null,
    width: (short ? 0.09 : 0.17) * random.between(0.6, 1.25),
    fringe: false,
  })];
}

function isFringe(root: Root, { style, random }: Growing): boolean {
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

function fringeLock(root: Root, growing: Growing): Lock {
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
  return shape({
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

interface Shaping {
  readonly start?: Vector;
  readonly growing: Growing;
  readonly root: Root;
  readonly layer: number;
  readonly direction: Vector;
  readonly length: number;
  readonly segments: number;
  readonly weight: number;
  readonly clearance: number;
  readonly open: number;
  readonly hug: number;
  readonly rise: number;
  readonly tie: Vector | null;
  readonly width: number;
  readonly fringe: boolean;
}

/** A thin strand that escaped in front of an ear and frames the face. */
function looseStrand(side: -1 | 1, growing: Growing): Lock {
  const { look, random } = growing;
  const point: Vector = [side * random.between(0.6, 0.68), random.between(0.25, 0.45), 0.38];
  return shape({
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

/** Grows a lock and gives it waves and turned ends. */
function shape(shaping: Shaping): Lock {
  const { growing, root, layer } = shaping;
  const { look, style, random, world, breadth } = growing;
  const { points, count } = growLock({
    start: shaping.start ?? root.point,
    direction: shaping.direction,
    length: shaping.length,
    segments: shaping.segments,
    weight: shaping.weight,
    clearance: shaping.clearance,
    open: shaping.open,
    hug: shaping.hug,
    rise: shaping.rise,
    tie: shaping.tie,
  }, world);
  if (!shaping.tie) {
    const amplitude = Math.max(0.12, style.wave) * look.wave * (style.top < 1 ? 0.045 : 0.085);
    wave(points, count, {
      amplitude: shaping.fringe ? amplitude * 0.4 : amplitude,
      phase: 5 * root.point[0] + 3 * root.point[2] + 0.9 * random.bell(),
      length: shaping.length,
      turn: shaping.fringe ? 0 : style.turn,
      period: style.top < 1 ? 0.32 : 0.85,
    });
  }
  return {
    points,
    count,
    width: shaping.width * breadth,
    layer,
    fringe: shaping.fringe,
    root: root.point,
  };
}

function wave(
  points: Float64Array,
  count: number,
  { amplitude, phase, length, turn, period }: {
    amplitude: number;
    phase: number;
    length: number;
    turn: number;
    period: number;
  },
): void {
  if (amplitude === 0 && turn === 0) return;
  for (let index = 1; index < count; index++) {
    const along = index / (count - 1);
    const grown = along * length;
    const ramp = Math.min(1, grown / (period * 1.2)) * amplitude;
    const x = points[3 * index]!;
    const z = points[3 * index + 2]!;
    const size = Math.hypot(x, z) || 1;
    const angle = 2 * Math.PI * grown / period + phase;
    const out = ramp * Math.sin(angle);
    const aside = ramp * 0.8 * Math.cos(angle);
    const inward = turn * 0.22 * Math.max(0, along - 0.55) ** 2 * 5;
    points[3 * index] = x * (1 - inward) + out * x / size + aside * z / size;
    points[3 * index + 2] = z * (1 - inward * 0.5) + out * z / size - aside * x / size;
  }
}

function tiedHair(
  tie: Tie,
  { look, world, random, count, breadth }: {
    look: HairLook;
    world: HairWorld;
    random: Random;
    count: number;
    breadth: number;
  },
): Lock[] {
  const size = Math.hypot(...tie.at);
  const out: Vector = [tie.at[0] / size, tie.at[1] / size, tie.at[2] / size];
  const around = () => 0.5 * random.bell();
  return Array.from({ length: count }, (): Lock => {
    const layer = 0.4 + 0.6 * random.next();
    if (tie.kind === "tail") {
      const start: Vector = [
        tie.at[0] + 0.05 * random.bell(),
        tie.at[1] + 0.05 * random.bell(),
        tie.at[2] + 0.05 * random.bell(),
      ];
      const { points, count: length } = growLock({
        start,
        direction: [out[0] + 0.4 * around(), out[1] + 0.4 * around(), out[2] + 0.4 * around()],
        length: tie.size * look.length * random.between(0.75, 1.05),
        segments: 15,
        weight: 0.5,
        clearance: 0.1,
        rise: 0.1,
        open: 0,
        hug: 0,
        tie: null,
      }, world);
      wave(points, length, {
        amplitude: 0.03 * look.wave,
        phase: random.between(0, 6),
        length: tie.size,
        turn: 0,
        period: 0.9,
      });
      return { points, count: length, width: 0.085 * breadth, layer, fringe: false, root: tie.at };
    }
    return bunLock(tie, out, { random, layer, width: 0.1 * breadth, world });
  });
}

/** A lock wound round a ball. */
function bunLock(
  tie: Tie,
  out: Vector,
  { random, layer, width, world }: {
    random: Random;
    layer: number;
    width: number;
    world: HairWorld;
  },
): Lock {
  const segments = 10;
  const points = new Float64Array(3 * (segments + 1));
  const start = Float64Array.from(tie.at);
  pushOut(start, world, 0.02);
  const centre = [0, 1, 2].map((axis) => start[axis]! + out[axis]! * tie.size * 0.65);
  const side: Vector = Math.abs(out[1]) > 0.8 ? [1, 0, 0] : [0, 1, 0];
  const u = unit(cross(out, side));
  const v = cross(out, u);
  const latitude = random.between(-0.9, 1.25);
  const begin = random.between(0, 2 * Math.PI);
  const radius = tie.size * (0.88 + 0.12 * layer);
  for (let index = 0; index <= segments; index++) {
    const angle = begin + 2.1 * index / segments;
    const tilt = latitude + 0.25 * Math.sin(angle * 1.5 + begin);
    const ring = Math.cos(tilt) * radius;
    const rise = Math.sin(tilt) * radius;
    for (let axis = 0; axis < 3; axis++) {
      points[3 * index + axis] = centre[axis]! + out[axis]! * rise +
        ring * (Math.cos(angle) * u[axis]! + Math.sin(angle) * v[axis]!);
    }
  }
  return { points, count: segments + 1, width, layer, fringe: false, root: tie.at };
}

const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const unit = (a: Vector): Vector => {
  const size = Math.hypot(...a) || 1;
  return [a[0] / size, a[1] / size, a[2] / size];
};
