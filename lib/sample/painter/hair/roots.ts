import type { Vector } from "../camera.ts";
import { hairline, type SurfaceGrid } from "../head.ts";
import type { Random } from "../random.ts";

/** Where a lock grows. */
export interface Root {
  readonly point: Vector;
  readonly normal: Vector;
  /** Angle round the head: 0 = front, positive at the image's right. */
  readonly angle: number;
  /** Height over the hairline. */
  readonly above: number;
}

/** Spreads roots evenly over the scalp, by area. */
export function scalpRoots(head: SurfaceGrid, count: number, random: Random): Root[] {
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
