import { curve } from "./curve.ts";
import type { Person } from "./factors.ts";
import { gridNormals, type SurfaceGrid } from "./head.ts";
import { smoothstep } from "./noise.ts";

const rows = 54;
const columns = 65;
const top = -0.15;
const bottom = -7.2;
/** Centre of the neck, front to back. */
export const neckZ = -0.2;

/** Cross-sections from the chest to the neck: height, half width, front and back. */
const sections = [
  [-7.2, 1.62, 0.6, -0.75],
  [-4.2, 1.66, 0.68, -0.8],
  [-3.2, 1.72, 0.68, -0.85],
  [-2.6, 1.8, 0.62, -0.82],
  [-2.28, 1.74, 0.48, -0.76],
  [-2.1, 1.58, 0.36, -0.7],
  [-1.95, 1.25, 0.27, -0.66],
  [-1.82, 0.9, 0.2, -0.62],
  [-1.69, 0.62, 0.17, -0.58],
  [-1.56, 0.43, 0.15, -0.55],
  [-1.42, 0.36, 0.14, -0.53],
  [-1.15, 0.33, 0.12, -0.52],
  [-0.15, 0.36, 0.05, -0.5],
] as const;
const column = (index: 0 | 1 | 2 | 3) => sections.map((section) => section[index]);
const widths = curve(column(0), column(1));
const fronts = curve(column(0), column(2));
const backs = curve(column(0), column(3));

/** Neck and torso down to the chest as one surface, in the body's own coordinates. */
export function bodyGrid(
  person: Person,
  thickness: (x: number, y: number, z: number) => number,
): SurfaceGrid {
  const woman = person.presentation === "woman";
  const neck = woman ? 0.94 : 1.22;
  const shoulders = woman ? 0.88 : 1.1;
  const points = new Float32Array(rows * columns * 3);
  for (let row = 0; row < rows; row++) {
    const share = row / (rows - 1);
    // More rows at the neck and the shoulders than at the chest.
    const y = top + (bottom - top) * Math.pow(share, 1.75);
    const blend = smoothstep(-1.45, -2, y);
    const width = widths(y) * (neck + (shoulders - neck) * blend);
    const front = neckZ + (fronts(y) - neckZ) * (neck + (1 - neck) * blend);
    const back = neckZ + (backs(y) - neckZ) * (neck + (1 - neck) * blend);
    const power = 2 / (2 + 0.35 * blend);
    for (let place = 0; place < columns; place++) {
      const angle = Math.PI * (2 * place / (columns - 1) - 1);
      const sine = Math.sin(angle);
      const cosine = Math.cos(angle);
      const x = width * Math.sign(sine) * Math.pow(Math.abs(sine), power);
      const reach = cosine > 0 ? front - neckZ : neckZ - back;
      const z = neckZ + reach * Math.sign(cosine) * Math.pow(Math.abs(cosine), power);
      const offset = 3 * (row * columns + place);
      const out = thickness(x, y, z);
      const radius = Math.hypot(x, z - neckZ) || 1;
      points[offset] = x + out * x / radius;
      points[offset + 1] = y + out * 0.5 * blend;
      points[offset + 2] = z + out * (z - neckZ) / radius +
        (cosine > 0 ? collarbones(x, y) : 0);
    }
  }
  return { rows, columns, points, normals: gridNormals(points, rows, columns) };
}

function collarbones(x: number, y: number): number {
  const ax = Math.abs(x);
  const line = -1.93 + 0.11 * ax;
  const bone = 0.03 * Math.exp(-(((y - line) / 0.045) ** 2)) * smoothstep(0.07, 0.25, ax) *
    smoothstep(1.3, 0.7, ax);
  // The two muscles that run from behind the ears to the breastbone.
  const muscle = 0.1 + 0.24 * Math.max(0, Math.min(1, (y + 1.85) / 0.75));
  const cord = 0.02 * Math.exp(-(((ax - muscle) / 0.06) ** 2)) * smoothstep(-1.95, -1.7, y);
  const notch = -0.03 * Math.exp(-((ax / 0.09) ** 2) - ((y + 1.87) / 0.07) ** 2);
  return bone + cord + notch;
}
