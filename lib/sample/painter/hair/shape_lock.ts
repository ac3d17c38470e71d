import type { Vector } from "../camera.ts";
import type { HairLook } from "../factors.ts";
import type { Random } from "../random.ts";
import { growLock, type HairWorld, type Lock } from "./drape.ts";
import type { Root } from "./roots.ts";
import type { HairStyle } from "./styles.ts";

/** What all locks of one head share. */
export interface Growing {
  readonly look: HairLook;
  readonly style: HairStyle;
  readonly world: HairWorld;
  readonly random: Random;
  readonly breadth: number;
}

/** How one lock is grown and shaped. */
export interface Shaping {
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

/** Grows a lock and gives it waves and turned ends. */
export function shapeLock(shaping: Shaping): Lock {
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
    waveLock(points, count, {
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

/** Bends a lock's middle line in waves and turns its ends in. */
export function waveLock(
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
