import type { FaceLayout } from "./face_layout.ts";
import { gridNormals, type SurfaceGrid } from "./head.ts";

const rows = 15;
const columns = 25;

/** Where an ear's lobe hangs, in head coordinates. */
export function earLobe(layout: FaceLayout, side: -1 | 1): [number, number, number] {
  return [side * (0.745 * layout.width + 0.03), -0.36, -0.02];
}

/** An ear: a flattened shell with a raised rim. `side` is -1 at the image's left. */
export function earGrid(layout: FaceLayout, side: -1 | 1): SurfaceGrid {
  const points = new Float32Array(rows * columns * 3);
  for (let row = 0; row < rows; row++) {
    const polar = Math.PI * row / (rows - 1);
    for (let column = 0; column < columns; column++) {
      const around = 2 * Math.PI * column / (columns - 1);
      // A disc seen from the side: `up` and `back` span it, `out` is its thickness.
      const radius = Math.sin(polar);
      const angle = around;
      const up = Math.cos(angle) * radius;
      const back = Math.sin(angle) * radius;
      const face = Math.cos(polar);
      const rim = 0.05 * Math.exp(-(((radius - 0.85) / 0.16) ** 2)) -
        0.035 * Math.exp(-((radius / 0.5) ** 2));
      const narrow = up < 0 ? 1 - 0.35 * up * up : 1;
      const height = -0.13 + 0.27 * up;
      const depth = -0.1 - 0.16 * back * narrow + 0.03 * up;
      const out = 0.685 * layout.width + (0.05 * face + rim * (face > 0 ? 1 : 0)) +
        0.055 * Math.max(0, back) +
        0.03 * up;
      const offset = 3 * (row * columns + column);
      points[offset] = side * out;
      points[offset + 1] = height;
      points[offset + 2] = depth;
    }
  }
  const normals = gridNormals(points, rows, columns);
  if (side > 0) {
    // Mirrored columns turn the triangles round: reverse each row.
    return { rows, columns, points: reversed(points), normals: negated(reversed(normals)) };
  }
  return { rows, columns, points, normals };
}

function reversed(values: Float32Array): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const from = 3 * (row * columns + columns - 1 - column);
      result.set(values.subarray(from, from + 3), 3 * (row * columns + column));
    }
  }
  return result;
}

const negated = (values: Float32Array) => values.map((value) => -value);
