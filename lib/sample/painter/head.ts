import { curve } from "./curve.ts";
import { alongEye, type FaceLayout, lids, lips } from "./face_layout.ts";
import { smoothstep } from "./noise.ts";

/** A surface as a grid of points and unit normals, rows from top to bottom, columns round it. */
export interface SurfaceGrid {
  readonly rows: number;
  readonly columns: number;
  /** Three numbers a point. */
  readonly points: Float32Array;
  readonly normals: Float32Array;
}

const columns = 113;
const skullRows = 18;
const faceRows = 88;
const underRows = 8;
const rows = skullRows + faceRows + underRows;

/** Centre of the skull's cross-sections, front to back. */
const axisZ = -0.05;
const middle = (columns - 1) / 2;
const angles = Float64Array.from({ length: columns }, (_, column) => {
  const s = (column - middle) / middle;
  // Most columns are spent on the face.
  return Math.PI * s * (0.52 + 0.48 * s * s);
});
const sines = angles.map(Math.sin);
const cosines = angles.map(Math.cos);

const levels = [-1, -0.88, -0.75, -0.6, -0.42, -0.2, 0, 0.25, 0.5];
const widths = curve(levels, [0.6, 0.63, 0.655, 0.672, 0.688, 0.706, 0.722, 0.745, 0.75]);
const fronts = curve(levels, [0.655, 0.7, 0.725, 0.75, 0.77, 0.785, 0.8, 0.845, 0.835]);
const backs = curve(levels, [-0.5, -0.55, -0.6, -0.68, -0.78, -0.9, -0.97, -1.02, -1.02]);
const powers = curve(levels, [1.75, 1.8, 1.88, 1.98, 2.12, 2.25, 2.3, 2.28, 2.15]);
const lifts = curve(levels, [0.55, 0.46, 0.36, 0.25, 0.13, 0.035, 0, 0, 0]);

const gauss = (x: number, y: number) => Math.exp(-(x * x + y * y));

/**
 * The head without hair and ears: cross-sections stacked from crown to chin, tilted along the jaw,
 * with the features as smooth bumps along z.
 */
export function headGrid(layout: FaceLayout): SurfaceGrid {
  const points = new Float32Array(rows * columns * 3);
  for (let row = 0; row < rows; row++) fillRow(points, row, layout);
  return { rows, columns, points, normals: gridNormals(points, rows, columns) };
}

function fillRow(points: Float32Array, row: number, layout: FaceLayout): void {
  const { chinY, crownY } = layout;
  const top = 0.5;
  let y: number;
  let shrink = 1;
  let under = 0;
  if (row < skullRows) {
    const angle = (Math.PI / 2) * (1 - row / skullRows);
    y = top + (crownY - top) * Math.sin(angle);
    shrink = Math.pow(Math.cos(angle), 0.92);
  } else if (row < skullRows + faceRows) {
    y = top - (top - chinY) * (row - skullRows) / (faceRows - 1);
  } else {
    under = (row - skullRows - faceRows + 1) / underRows;
    y = chinY;
  }
  // Levels are those of the average face: the lower face is stretched to the person's chin.
  const level = y > -0.2 ? y : -0.2 + (y + 0.2) * (0.8 / (-0.2 - chinY));
  const low = smoothstep(-0.1, -0.9, level);
  const jaw = 1 + (layout.jaw - 1) * low;
  const bone = 1 + 0.012 * (layout.cheekbone - 1) * gauss((level + 0.25) / 0.2, 0);
  const width = widths(level) * layout.width * jaw * bone * shrink;
  const front = axisZ + (fronts(level) - axisZ) * shrink;
  const back = axisZ + (backs(level) - axisZ) * shrink;
  const power = 2 / (powers(level) - 0.18 * layout.chinPoint * low);
  const lift = lifts(level);
  const tuck = 1 - 0.62 * under;
  for (let column = 0; column < columns; column++) {
    const sine = sines[column]!;
    const cosine = cosines[column]!;
    const x = width * Math.sign(sine) * Math.pow(Math.abs(sine), power) * tuck;
    let z = cosine > 0
      ? axisZ + (front - axisZ) * Math.pow(cosine, power)
      : axisZ + (axisZ - back) * cosine;
    let height = y + lift * (1 - cosine);
    if (under > 0) {
      z = axisZ + (z - axisZ) * tuck - 0.12 * under;
      height += 0.1 * under * under - 0.035 * Math.sin(Math.PI * Math.min(1, under * 1.6));
    }
    if (layout.drop > 0) {
      height -= layout.drop * smoothstep(layout.mouth.y + 0.05, layout.mouth.y - 0.25, height) *
        smoothstep(-0.3, 0.3, z);
    }
    if (cosine > 0.05) {
      const weight = smoothstep(0.05, 0.4, cosine) * (1 - under);
      if (weight > 0 && height < 0.6) z += weight * relief(x, height, layout);
    }
    const offset = 3 * (row * columns + column);
    points[offset] = x;
    points[offset + 1] = height;
    points[offset + 2] = z;
  }
}

/** How far the face's features stand out of the smooth head, along z. */
function relief(x: number, y: number, layout: FaceLayout): number {
  const ax = Math.abs(x);
  const { nose, mouth, brow, smile } = layout;
  const eye = layout.eyes[x < 0 ? 0 : 1];
  let z = 0;
  const eyeX = Math.abs(eye.x);
  if (y > -0.4) {
    z -= 0.1 * gauss((ax - eyeX + 0.02) / 0.19, (y - eye.y - 0.01) / 0.135);
    z += 0.06 * gauss((ax - eyeX) / 0.12, (y - eye.y) / 0.085);
    z += (layout.woman ? 0.014 : 0.055) * gauss((ax - brow.x) / 0.24, (y - brow.y) / 0.08);
    z += 0.012 * gauss(ax / 0.3, (y - 0.42) / 0.14);
    const along = alongEye(eye, x);
    if (Math.abs(along) < 1.05) {
      const [upper, lower] = lids(eye, along);
      // A lid has thickness: its edge stands out over the eyeball.
      z += 0.012 * Math.exp(-(((y - upper - 0.02) / 0.02) ** 2));
      z += 0.008 * Math.exp(-(((y - lower + 0.022) / 0.022) ** 2));
    }
  }
  if (y > -0.75 && y < 0.25 && ax < 0.35) z += noseRelief(x, y, layout);
  const cheekY = -0.25 + 0.05 * smile;
  z += (0.03 * layout.cheekbone + 0.012) * gauss((ax - 0.43) / 0.17, (y - cheekY) / 0.14);
  z += (0.025 + 0.02 * layout.cheek + 0.03 * smile) *
    gauss((ax - 0.38) / 0.18, (y + 0.47 - 0.06 * smile) / 0.19);
  if (y < -0.3) {
    z += 0.055 * gauss(ax / 0.26, (y - mouth.y - 0.02) / 0.2);
    z -= 0.012 * gauss(ax / 0.03, (y - (mouth.y + nose.baseY) / 2) / 0.08);
    z -= 0.035 * gauss(ax / 0.17, (y - mouth.y + 0.15 + layout.drop) / 0.05);
    z += (0.05 + 0.012 * layout.chinPoint) *
      gauss(ax / (0.15 - 0.02 * layout.chinPoint), (y - layout.chinY - 0.12 + layout.drop) / 0.1);
    // The fold from the nose to the corner of the mouth.
    const fold = 0.16 + 0.3 * Math.max(0, Math.min(1, (nose.baseY + 0.05 - y) / 0.4));
    z -= (layout.woman ? 0.003 + 0.009 * smile : 0.008 + 0.02 * smile) *
      gauss((ax - fold) / 0.035, (y - mouth.y - 0.1) / 0.13);
    z -= 0.02 * gauss((ax - mouth.halfWidth - 0.02) / 0.04, (y - mouth.y - mouth.curve) / 0.05);
    if (ax < mouth.halfWidth) {
      const edges = lips(mouth, x);
      if (y > edges.innerUpper && y < edges.upper + 0.02) {
        const t = (y - edges.innerUpper) / (edges.upper - edges.innerUpper + 1e-4);
        z += 0.04 * Math.max(0, 1 - (1.25 * t - 0.45) ** 2 * 1.25);
      } else if (y < edges.innerLower && y > edges.lower - 0.02) {
        const t = (edges.innerLower - y) / (edges.innerLower - edges.lower + 1e-4);
        z += 0.05 * Math.max(0, 1 - (1.5 * t - 0.65) ** 2 * 1.6);
      } else if (y <= edges.innerUpper && y >= edges.innerLower) z -= 0.02;
    }
  }
  return z;
}

function noseRelief(x: number, y: number, layout: FaceLayout): number {
  const { nose } = layout;
  const ax = Math.abs(x);
  const tipY = nose.baseY + 0.07 + nose.turn;
  let height: number;
  if (y >= tipY) {
    const t = Math.min(1.25, (y - tipY) / (nose.rootY - tipY));
    height = t < 1
      ? nose.bridge + (nose.height - nose.bridge) * Math.pow(1 - t, 1.2)
      : nose.bridge * (1 - (t - 1) / 0.25);
    height += 0.018 * gauss((t - 0.02) / 0.16, 0) * nose.tip;
  } else {
    const t = (tipY - y) / (0.135 + nose.turn * 0.6);
    height = (nose.height + 0.018 * nose.tip) * (1 - smoothstep(0.12, 1.1, t));
  }
  const along = Math.max(0, Math.min(1, (y - tipY) / (nose.rootY - tipY)));
  const breadth = (0.112 * nose.tip) * (1 - along) + 0.092 * along +
    0.02 * Math.sin(Math.PI * along);
  const across = Math.abs(x) / breadth;
  let z = height * Math.exp(-Math.pow(across, 2));
  z += 0.095 * gauss((ax - nose.width * 0.88) / 0.05, (y - nose.baseY - 0.05) / 0.055);
  z -= 0.03 * gauss((ax - nose.width - 0.05) / 0.025, (y - nose.baseY - 0.05) / 0.05);
  return z;
}

/** Unit normals of a grid, outward for columns that run from the back over the image's left. */
export function gridNormals(points: Float32Array, rows: number, columns: number): Float32Array {
  const normals = new Float32Array(points.length);
  for (let row = 0; row < rows; row++) {
    const up = 3 * columns * Math.max(0, row - 1);
    const down = 3 * columns * Math.min(rows - 1, row + 1);
    for (let column = 0; column < columns; column++) {
      const left = 3 * (column > 0 ? column - 1 : columns - 2);
      const right = 3 * (column < columns - 1 ? column + 1 : 1);
      const here = 3 * columns * row;
      const ux = points[here + right]! - points[here + left]!;
      const uy = points[here + right + 1]! - points[here + left + 1]!;
      const uz = points[here + right + 2]! - points[here + left + 2]!;
      const vx = points[up + 3 * column]! - points[down + 3 * column]!;
      const vy = points[up + 3 * column + 1]! - points[down + 3 * column + 1]!;
      const vz = points[up + 3 * column + 2]! - points[down + 3 * column + 2]!;
      const nx = uy * vz - uz * vy;
      const ny = uz * vx - ux * vz;
      const nz = ux * vy - uy * vx;
      const length = Math.hypot(nx, ny, nz) || 1;
      const offset = here + 3 * column;
      normals[offset] = nx / length;
      normals[offset + 1] = ny / length;
      normals[offset + 2] = nz / length;
    }
  }
  return normals;
}

/** Height of the hairline at an angle round the head (0 = front, pi = back) and a place in depth. */
export const hairline = curve(
  [0, 0.45, 0.75, 1, 1.2, 1.38, 1.55, 1.75, 2.1, 2.6, 3.2],
  [0.69, 0.665, 0.58, 0.4, 0.12, -0.12, -0.02, 0.05, -0.35, -0.62, -0.68],
);
