import type { Camera, Frame, Vector } from "./camera.ts";
import type { Color } from "./color.ts";
import { attributeCount, type Geometry, material } from "./geometry.ts";
import { project } from "./project.ts";

/** What a thing is made of and which frame it moves with. */
export interface Look {
  readonly tint: Color;
  readonly gloss: number;
  readonly frame: Frame;
}

/** A ring in the plane of the face; a higher power makes it squarer. */
export function ring(
  [x, y, z]: Vector,
  radiusX: number,
  radiusY = radiusX,
  power = 2,
): Vector[] {
  return Array.from({ length: 29 }, (_, index) => {
    const angle = 2 * Math.PI * index / 28;
    const c = Math.cos(angle);
    const s = Math.sin(angle);
    return [
      x + radiusX * Math.sign(c) * Math.abs(c) ** (2 / power),
      y + radiusY * Math.sign(s) * Math.abs(s) ** (2 / power),
      z,
    ];
  });
}

/** A tube along a line, seen by the camera as a ribbon that is rounded across. */
export function addTube(
  geometry: Geometry,
  camera: Camera,
  line: readonly Vector[],
  radius: number,
  { tint, gloss, frame }: Look,
): void {
  const across = 5;
  const places = line.map((point) => frame.point(point));
  const first = geometry.addVertices(places.length * across);
  places.forEach((place, index) => {
    const before = places[Math.max(0, index - 1)]!;
    const after = places[Math.min(places.length - 1, index + 1)]!;
    const dx = after[0] - before[0];
    const dy = after[1] - before[1];
    const size = Math.hypot(dx, dy) || 1;
    for (let side = 0; side < across; side++) {
      const u = (side / (across - 1)) * 2 - 1;
      const nx = -dy / size * u;
      const ny = dx / size * u;
      const nz = Math.sqrt(Math.max(0, 1 - u * u));
      setThing(geometry, first + index * across + side, {
        place: [place[0] + nx * radius, place[1] + ny * radius, place[2] + nz * radius],
        normal: [nx, ny, nz],
        tint,
        gloss,
        camera,
      });
    }
  });
  geometry.addGrid(first, places.length, across, material.thing);
}

/** A ball. */
export function addBall(
  geometry: Geometry,
  camera: Camera,
  centre: Vector,
  radius: number,
  { tint, gloss, frame }: Look,
): void {
  const rows = 9;
  const columns = 13;
  const place = frame.point(centre);
  const first = geometry.addVertices(rows * columns);
  for (let row = 0; row < rows; row++) {
    const polar = Math.PI * row / (rows - 1);
    for (let column = 0; column < columns; column++) {
      const around = 2 * Math.PI * column / (columns - 1);
      const normal: Vector = [
        Math.sin(polar) * Math.sin(around),
        Math.cos(polar),
        Math.sin(polar) * Math.cos(around),
      ];
      setThing(geometry, first + row * columns + column, {
        place: [
          place[0] + radius * normal[0],
          place[1] + radius * normal[1],
          place[2] + radius * normal[2],
        ],
        normal,
        tint,
        gloss,
        camera,
      });
    }
  }
  geometry.addGrid(first, rows, columns, material.thing);
}

/** A two-sided sheet through a grid of points. */
export function addSheet(
  geometry: Geometry,
  camera: Camera,
  points: readonly Vector[],
  { rows, columns, look: { tint, gloss, frame } }: { rows: number; columns: number; look: Look },
): void {
  const first = geometry.addVertices(rows * columns);
  const places = points.map((point) => frame.point(point));
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const left = places[row * columns + Math.max(0, column - 1)]!;
      const right = places[row * columns + Math.min(columns - 1, column + 1)]!;
      const up = places[Math.max(0, row - 1) * columns + column]!;
      const down = places[Math.min(rows - 1, row + 1) * columns + column]!;
      const u = [right[0] - left[0], right[1] - left[1], right[2] - left[2]] as const;
      const v = [up[0] - down[0], up[1] - down[1], up[2] - down[2]] as const;
      const normal: Vector = [
        u[1] * v[2] - u[2] * v[1],
        u[2] * v[0] - u[0] * v[2],
        u[0] * v[1] - u[1] * v[0],
      ];
      setThing(geometry, first + at, { place: places[at]!, normal, tint, gloss, camera });
    }
  }
  geometry.addGrid(first, rows, columns, material.thing);
}

function setThing(
  geometry: Geometry,
  index: number,
  { place, normal, tint, gloss, camera }: {
    place: Vector;
    normal: Vector;
    tint: Color;
    gloss: number;
    camera: Camera;
  },
): void {
  project(geometry, index, place, camera);
  const offset = index * attributeCount;
  geometry.attributes.set(tint, offset);
  geometry.attributes.set(normal, offset + 3);
  geometry.attributes[offset + 6] = gloss;
}
