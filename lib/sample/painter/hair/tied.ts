import type { Vector } from "../camera.ts";
import type { HairLook } from "../factors.ts";
import type { Random } from "../random.ts";
import { growLock, type HairWorld, type Lock, pushOut } from "./drape.ts";
import { waveLock } from "./shape_lock.ts";
import type { Tie } from "./styles.ts";

/** The locks of a tail or a bun. */
export function tiedHair(
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
      waveLock(points, length, {
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
