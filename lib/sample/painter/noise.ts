import { hash } from "./random.ts";

const side = 64;
const table = new Float32Array(side * side);
for (let index = 0; index < table.length; index++) table[index] = hash(index, 77);

/** Smooth value noise in [0, 1] with cells of one unit; it repeats every 64 units. */
export function noise(x: number, y: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const fx = x - column;
  const fy = y - row;
  const left = column & 63;
  const right = (column + 1) & 63;
  const top = (row & 63) << 6;
  const bottom = ((row + 1) & 63) << 6;
  const sx = fx * fx * (3 - 2 * fx);
  const sy = fy * fy * (3 - 2 * fy);
  const above = table[top | left]! + (table[top | right]! - table[top | left]!) * sx;
  const below = table[bottom | left]! + (table[bottom | right]! - table[bottom | left]!) * sx;
  return above + (below - above) * sy;
}

/** 0 below `low`, 1 above `high`, a smooth step between (also falling, where low > high). */
export function smoothstep(low: number, high: number, value: number): number {
  const t = (value - low) / (high - low);
  if (t <= 0) return 0;
  if (t >= 1) return 1;
  return t * t * (3 - 2 * t);
}

/** A bell of height 1 at the origin, cut off where it has become invisible. */
export function bump(x: number, y: number): number {
  const square = x * x + y * y;
  return square > 9 ? 0 : Math.exp(-square);
}
