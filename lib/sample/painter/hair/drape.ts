import type { Frame, Vector } from "../camera.ts";

/** A body that hair cannot enter: an ellipsoid, or a capsule between two points. */
type Obstacle =
  | {
    readonly kind: "ellipsoid";
    readonly centre: Vector;
    readonly radii: Vector;
    readonly grow: number;
  }
  | {
    readonly kind: "capsule";
    readonly from: Vector;
    readonly to: Vector;
    readonly radius: number;
    readonly slide: boolean;
  };

/** The world that one head of hair falls in, in the head's own coordinates. */
export interface HairWorld {
  readonly gravity: Vector;
  readonly obstacles: readonly Obstacle[];
  /** Half the width of the face, against the average. */
  readonly faceWidth: number;
}

/** Obstacles of a head and a body, seen from the head. */
export function hairWorld(
  head: Frame,
  body: Frame,
  { faceWidth, shoulders, neck }: { faceWidth: number; shoulders: number; neck: number },
): HairWorld {
  const fromBody = (point: Vector): Vector => head.localPoint(body.point(point));
  const capsule = (from: Vector, to: Vector, radius: number, slide = true): Obstacle => ({
    kind: "capsule",
    from: fromBody(from),
    to: fromBody(to),
    radius,
    slide,
  });
  return {
    gravity: head.local([0, -1, 0]),
    faceWidth,
    obstacles: [
      {
        kind: "ellipsoid",
        centre: [0, 0.2, -0.08],
        radii: [0.785 * faceWidth, 0.955, 0.96],
        grow: 1,
      },
      {
        kind: "ellipsoid",
        centre: [0, -0.42, 0.1],
        radii: [0.66 * faceWidth, 0.72, 0.66],
        grow: 0.5,
      },
      capsule([0, -1, -0.2], [0, -1.8, -0.2], 0.37 * neck, false),
      capsule([0, -1.82, -0.22], [1.35 * shoulders, -2.28, -0.15], 0.3),
      capsule([0, -1.82, -0.22], [-1.35 * shoulders, -2.28, -0.15], 0.3),
      capsule([-0.8, -2.75, 0.02], [0.8, -2.75, 0.02], 0.66),
    ],
  };
}

/** Moves a point out of everything it may not enter, keeping `clearance` from each surface. */
export function pushOut(point: Float64Array, world: HairWorld, clearance: number): void {
  for (const obstacle of world.obstacles) {
    if (obstacle.kind === "ellipsoid") {
      const extra = clearance * obstacle.grow;
      const x = point[0]! - obstacle.centre[0];
      const y = point[1]! - obstacle.centre[1];
      const z = point[2]! - obstacle.centre[2];
      const size = superNorm(
        x / (obstacle.radii[0] + extra),
        y / (obstacle.radii[1] + extra),
        z / (obstacle.radii[2] + extra),
      );
      if (size >= 1 || size < 1e-6) continue;
      point[0] = obstacle.centre[0] + x / size;
      point[1] = obstacle.centre[1] + y / size;
      point[2] = obstacle.centre[2] + z / size;
    } else {
      const { from, to } = obstacle;
      const ax = to[0] - from[0];
      const ay = to[1] - from[1];
      const az = to[2] - from[2];
      const px = point[0]! - from[0];
      const py = point[1]! - from[1];
      const pz = point[2]! - from[2];
      const along = Math.max(
        0,
        Math.min(1, (px * ax + py * ay + pz * az) / (ax * ax + ay * ay + az * az)),
      );
      const dx = px - along * ax;
      const dy = py - along * ay;
      const dz = pz - along * az;
      const distance = Math.hypot(dx, dy, dz);
      const radius = obstacle.radius + clearance * 0.4;
      if (distance >= radius || distance < 1e-6) continue;
      if (obstacle.slide) {
        // Hair hangs over a shoulder in front or behind and does not slide along it.
        const reach = Math.sqrt(radius * radius - Math.min(radius * radius, dx * dx + dy * dy));
        point[2] = from[2] + along * az + (dz > -0.06 ? reach : -reach);
        continue;
      }
      const factor = radius / distance;
      point[0] = from[0] + along * ax + dx * factor;
      point[1] = from[1] + along * ay + dy * factor;
      point[2] = from[2] + along * az + dz * factor;
    }
  }
}

/** One lock before it is drawn: its middle line in head coordinates and how it looks. */
export interface Lock {
  /** Three numbers a point, root first. */
  readonly points: Float64Array;
  readonly count: number;
  readonly width: number;
  /** 0 next to the skin, 1 outermost. */
  readonly layer: number;
  /** Part of it that is a fringe lies over the forehead. */
  readonly fringe: boolean;
  /** 0 to 1: where on the head it grows, for streaks and halves. */
  readonly root: Vector;
}

/** How one lock grows. */
export interface Growth {
  readonly start: Vector;
  readonly direction: Vector;
  readonly length: number;
  readonly segments: number;
  /** How strongly gravity bends it, a step. */
  readonly weight: number;
  /** Distance from the head that it takes. */
  readonly clearance: number;
  /** Distance from the middle of the face that it keeps, 1 = the outline; 0 = none. */
  readonly open: number;
  /** Length in which it comes to that distance. */
  readonly rise: number;
  /** How firmly it lies on the head, 0 to 1. */
  readonly hug: number;
  /** Where it is tied, or null. */
  readonly tie: Vector | null;
}

/**
 * Grows the middle line of a lock: step by step along its direction, bent by gravity (or towards
 * its tie), pushed out of head and body.
 */
export function growLock(
  growth: Growth,
  world: HairWorld,
): { points: Float64Array; count: number } {
  const { segments, length, weight } = growth;
  const points = new Float64Array(3 * (segments + 1));
  const point = Float64Array.from(growth.start);
  let [dx, dy, dz] = growth.direction;
  points.set(point, 0);
  const step = length / segments;
  const [gx, gy, gz] = world.gravity;
  const pull = weight * step * 5;
  let count = 1;
  for (let segment = 1; segment <= segments; segment++) {
    if (growth.tie) {
      const tx = growth.tie[0] - point[0]!;
      const ty = growth.tie[1] - point[1]!;
      const tz = growth.tie[2] - point[2]!;
      const distance = Math.hypot(tx, ty, tz);
      if (distance < step * 0.8) {
        points.set(growth.tie, 3 * segment);
        count++;
        break;
      }
      const share = 0.55;
      dx += (tx / distance - dx) * share;
      dy += (ty / distance - dy) * share;
      dz += (tz / distance - dz) * share;
    } else {
      dx += gx * pull;
      dy += gy * pull;
      dz += gz * pull;
    }
    const size = Math.hypot(dx, dy, dz) || 1;
    const beforeX = point[0]!;
    const beforeY = point[1]!;
    const beforeZ = point[2]!;
    point[0] = beforeX + dx / size * step;
    point[1] = beforeY + dy / size * step;
    point[2] = beforeZ + dz / size * step;
    const rise = Math.min(1, segment * step / growth.rise);
    pushOut(point, world, growth.clearance * rise);
    if (growth.hug > 0 && point[1]! > -0.5) hugSkull(point, world, growth);
    if (growth.open > 0 && point[2]! > 0.1 && point[1]! < 0.62 && point[1]! > -1.25) {
      const y = point[1]!;
      const outline = (y > -0.3 ? 0.72 : 0.72 + (y + 0.3) * 0.28) * world.faceWidth;
      const keep = outline * growth.open * Math.min(1, (0.72 - y) / 0.35);
      const x = point[0]!;
      if (Math.abs(x) < keep) point[0] = x + ((x < 0 ? -keep : keep) - x) * 0.5;
    }
    dx = (point[0]! - beforeX) / step;
    dy = (point[1]! - beforeY) / step;
    dz = (point[2]! - beforeZ) / step;
    points.set(point, 3 * segment);
    count++;
  }
  return { points, count };
}

/** Draws a point towards the skull where it stands further off than its clearance. */
function hugSkull(point: Float64Array, world: HairWorld, { clearance, hug }: Growth): void {
  const skull = world.obstacles[0]!;
  if (skull.kind !== "ellipsoid") return;
  const { centre, radii } = skull;
  const x = point[0]! - centre[0];
  const y = point[1]! - centre[1];
  const z = point[2]! - centre[2];
  const size = superNorm(
    x / (radii[0] + clearance),
    y / (radii[1] + clearance),
    z / (radii[2] + clearance),
  );
  if (size <= 1 || size >= 2) return;
  const factor = 1 + (1 / size - 1) * hug;
  point[0] = centre[0] + x * factor;
  point[1] = centre[1] + y * factor;
  point[2] = centre[2] + z * factor;
}

/** Norm whose unit ball is a slightly boxy ellipsoid, as skulls are. */
function superNorm(x: number, y: number, z: number): number {
  const square = x * x + y * y + z * z;
  // Far inside or outside the exact shape does not matter.
  if (square > 1.6) return 2;
  return Math.pow(Math.abs(x) ** 2.5 + Math.abs(y) ** 2.5 + Math.abs(z) ** 2.5, 0.4);
}
