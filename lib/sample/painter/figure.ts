import { bodyGrid } from "./body.ts";
import { type Camera, Frame, rotation, type Vector } from "./camera.ts";
import { type Clothes, clothes } from "./clothes.ts";
import { type FaceLayout, faceLayout } from "./face_layout.ts";
import type { PortraitFactors } from "./factors.ts";
import { attributeCount, Geometry, material } from "./geometry.ts";
import type { Lock } from "./hair/drape.ts";
import { hairCap } from "./hair/comb.ts";
import { hairStyle } from "./hair/styles.ts";
import { hairWorld } from "./hair/drape.ts";
import { growHair } from "./hair/locks.ts";
import { lockColors } from "./hair/paint.ts";
import { earGrid } from "./ears.ts";
import { headGrid, type SurfaceGrid } from "./head.ts";
import { smoothstep } from "./noise.ts";
import { project } from "./project.ts";
import { addThings } from "./things.ts";

/** A person set up before the camera: all triangles, and what the shader needs to paint them. */
export interface Figure {
  readonly factors: PortraitFactors;
  readonly layout: FaceLayout;
  readonly camera: Camera;
  readonly head: Frame;
  readonly body: Frame;
  readonly headSurface: SurfaceGrid;
  readonly clothes: Clothes;
  readonly lockColors: Float32Array;
  readonly geometry: Geometry;
}

const pool = new Geometry();

/**
 * Sets a person up before a camera. The triangles live in a pool that the next figure takes over:
 * draw one before setting up the next.
 */
export function setUpFigure(factors: PortraitFactors, camera: Camera): Figure {
  const { person, pose } = factors;
  const layout = faceLayout(person, pose.expression);
  const head = new Frame(rotation(pose.yaw, pose.pitch, pose.roll), [0, -0.45, -0.15]);
  const body = new Frame(
    rotation(0.3 * pose.yaw, 0, 0.2 * pose.roll),
    [0, -1.7, -0.2],
    [-0.12 * Math.sin(pose.yaw), -1.46, -0.2],
  );
  const geometry = pool;
  geometry.clear();
  const headSurface = headGrid(layout);
  // A hat presses the hair flat.
  const hat = person.accessory === "beret" || person.accessory === "cap";
  const hair = hat ? { ...person.hair, volume: 0.35 } : person.hair;
  const cap = hairCap(headSurface, hair);
  addSurface(geometry, cap.surface, { frame: head, camera, kind: material.head });
  addTangents(geometry, cap.tangents, head);
  for (const side of [-1, 1] as const) {
    addSurface(geometry, earGrid(layout, side), { frame: head, camera, kind: material.ear });
  }
  const wear = clothes(person);
  const bodySurface = bodyGrid(person, wear.thickness);
  addSurface(geometry, bodySurface, { frame: body, camera, kind: material.body, bend: head });
  const woman = person.presentation === "woman";
  const world = hairWorld(head, body, {
    faceWidth: layout.width,
    shoulders: woman ? 0.88 : 1.1,
    neck: woman ? 1 : 1.2,
  });
  // Small pictures need fewer, wider locks.
  const density = Math.max(0.4, Math.min(2.2, camera.scale / 80));
  // No lock shows above a hat's rim.
  const rim = person.accessory === "cap" ? 0.4 : hat ? 0.58 : Infinity;
  const short = hairStyle(person.hair.style).top < 1;
  const locks = growHair(hair, headSurface, { world, seed: person.seed, density });
  locks.forEach((lock, index) => addLock(geometry, lock, { index, head, camera, short, rim }));
  addThings(geometry, { factors, layout, head, body, camera });
  return {
    factors,
    layout,
    camera,
    head,
    body,
    headSurface,
    clothes: wear,
    lockColors: lockColors(person.hair, locks),
    geometry,
  };
}

/** Adds a surface: place in its own coordinates and normal in camera space for every point. */
function addSurface(
  geometry: Geometry,
  surface: SurfaceGrid,
  { frame, camera, kind, bend }: { frame: Frame; camera: Camera; kind: number; bend?: Frame },
): void {
  const { rows, columns, points, normals } = surface;
  const count = rows * columns;
  const first = geometry.addVertices(count);
  const { attributes } = geometry;
  for (let index = 0; index < count; index++) {
    const local: Vector = [points[3 * index]!, points[3 * index + 1]!, points[3 * index + 2]!];
    const normal: Vector = [normals[3 * index]!, normals[3 * index + 1]!, normals[3 * index + 2]!];
    let place = frame.point(local);
    let direction = frame.direction(normal);
    if (bend) {
      // The upper neck follows the head, the lower one the body.
      const share = smoothstep(-1.6, -0.75, local[1]);
      if (share > 0) {
        place = between(place, bend.point(local), share);
        direction = between(direction, bend.direction(normal), share);
      }
    }
    project(geometry, first + index, place, camera);
    const offset = (first + index) * attributeCount;
    attributes.set(local, offset);
    attributes.set(direction, offset + 3);
  }
  geometry.addGrid(first, rows, columns, kind);
}

/** Gives the vertices of the first surface the direction of the hair that grows there. */
function addTangents(geometry: Geometry, tangents: Float32Array, frame: Frame): void {
  for (let index = 0; 3 * index < tangents.length; index++) {
    const at = 3 * index;
    const tangent = frame.direction([tangents[at]!, tangents[at + 1]!, tangents[at + 2]!]);
    geometry.attributes.set(tangent, index * attributeCount + 6);
  }
}

const between = (a: Vector, b: Vector, share: number): [number, number, number] => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

/** Adds a lock as a ribbon that lies flat on the head and is rounded across. */
function addLock(
  geometry: Geometry,
  lock: Lock,
  { index, head, camera, short, rim }: {
    index: number;
    head: Frame;
    camera: Camera;
    short: boolean;
    rim: number;
  },
): void {
  const { width, layer, fringe } = lock;
  let { points, count } = lock;
  let hidden = 0;
  while (hidden < count && points[3 * hidden + 1]! > rim) hidden++;
  points = points.subarray(3 * hidden);
  count -= hidden;
  if (count < 2) return;
  const first = geometry.addVertices(2 * count);
  const { attributes } = geometry;
  for (let at = 0; at < count; at++) {
    const x = points[3 * at]!;
    const y = points[3 * at + 1]!;
    const z = points[3 * at + 2]!;
    const before = 3 * Math.max(0, at - 1);
    const after = 3 * Math.min(count - 1, at + 1);
    let tx = points[after]! - points[before]!;
    let ty = points[after + 1]! - points[before + 1]!;
    let tz = points[after + 2]! - points[before + 2]!;
    const length = Math.hypot(tx, ty, tz) || 1;
    tx /= length;
    ty /= length;
    tz /= length;
    // Outward: from the skull above, from the neck's axis below.
    const rise = Math.max(0, Math.min(1, (y + 0.5) / 0.7));
    let ox = x;
    let oy = (y - 0.15) * rise;
    let oz = z + 0.1;
    const size = Math.hypot(ox, oy, oz) || 1;
    ox /= size;
    oy /= size;
    oz /= size;
    let bx = ty * oz - tz * oy;
    let by = tz * ox - tx * oz;
    let bz = tx * oy - ty * ox;
    const breadth = Math.hypot(bx, by, bz) || 1;
    bx /= breadth;
    by /= breadth;
    bz /= breadth;
    const nx = by * tz - bz * ty;
    const ny = bz * tx - bx * tz;
    const nz = bx * ty - by * tx;
    const t = at / (count - 1);
    const taper = Math.min(1, 0.3 + 7 * t) * (1 - (fringe ? 0.5 : 0.25) * t * t);
    const half = 0.5 * width * taper;
    const tangent = head.direction([tx, ty, tz]);
    const light = (0.45 + 0.55 * layer) * (0.8 + 0.2 * Math.min(1, t * 3));
    for (const u of [-1, 1]) {
      const vertex = first + 2 * at + (u > 0 ? 1 : 0);
      project(
        geometry,
        vertex,
        head.point([x + bx * half * u, y + by * half * u, z + bz * half * u]),
        camera,
      );
      const offset = vertex * attributeCount;
      attributes[offset] = u;
      attributes[offset + 1] = t;
      attributes[offset + 2] = light;
      attributes[offset + 9] = short ? t : fringe ? 0.4 * t : (0.3 - y) / 1.5 + 0.25 * t;
      attributes.set(tangent, offset + 3);
      attributes.set(
        head.direction([nx + 0.55 * u * bx, ny + 0.55 * u * by, nz + 0.55 * u * bz]),
        offset + 6,
      );
    }
  }
  geometry.addGrid(first, count, 2, material.hair, index);
}
