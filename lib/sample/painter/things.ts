import type { Camera, Frame, Vector } from "./camera.ts";
import { type Color, color } from "./color.ts";
import { earLobe } from "./ears.ts";
import type { FaceLayout } from "./face_layout.ts";
import type { PortraitFactors } from "./factors.ts";
import { attributeCount, type Geometry, material } from "./geometry.ts";
import { project } from "./project.ts";

/** What things are hung on. */
export interface Wearer {
  readonly factors: PortraitFactors;
  readonly layout: FaceLayout;
  readonly head: Frame;
  readonly body: Frame;
  readonly camera: Camera;
}

interface Look {
  readonly tint: Color;
  readonly gloss: number;
  readonly frame: Frame;
}

/** Adds earrings and what else is worn. */
export function addThings(geometry: Geometry, wearer: Wearer): void {
  const { person } = wearer.factors;
  addEarrings(geometry, wearer);
  switch (person.accessory) {
    case "none":
      return;
    case "glasses":
      return addGlasses(geometry, wearer);
    case "hair clip":
      return addClip(geometry, wearer);
    case "headband":
      return addHeadband(geometry, wearer);
    case "choker":
      return addNeckRing(geometry, wearer, {
        y: -1.2,
        radius: 0.355,
        thickness: 0.028,
        tint: "#141214",
      });
    case "necklace":
      return addNeckRing(geometry, wearer, {
        y: -1.6,
        radius: 0.47,
        thickness: 0.013,
        tint: "#d8b25a",
      });
    case "microphone":
      return addMicrophone(geometry, wearer);
    case "beret":
      return addHat(geometry, wearer, false);
    case "cap":
      return addHat(geometry, wearer, true);
  }
}

const gold: Color = color("#d9b45c");
const silver: Color = color("#d5d9e0");
const pearl: Color = color("#f6efe6");

function addEarrings(
  geometry: Geometry,
  { factors: { person }, layout, head, camera }: Wearer,
): void {
  const metal = person.seed % 2 === 0 ? gold : silver;
  for (const side of [-1, 1] as const) {
    const [x, y, z] = earLobe(layout, side);
    const look: Look = { tint: metal, gloss: 1.6, frame: head };
    switch (person.earrings) {
      case "none":
        break;
      case "stud":
        addBall(geometry, camera, [x, y, z], 0.032, { ...look, gloss: 2.5 });
        break;
      case "pearl":
        addBall(geometry, camera, [x, y - 0.02, z], 0.05, { ...look, tint: pearl, gloss: 0.9 });
        break;
      case "hoop":
        addTube(geometry, camera, circle([x + side * 0.01, y - 0.13, z], 0.13), 0.013, look);
        break;
      case "drop":
        addTube(geometry, camera, [[x, y, z], [x, y - 0.14, z]], 0.007, look);
        addBall(geometry, camera, [x, y - 0.06, z], 0.018, { ...look, gloss: 2.5 });
        addBall(geometry, camera, [x, y - 0.18, z], 0.036, { ...look, gloss: 2.5 });
        break;
    }
  }
}

function addGlasses(
  geometry: Geometry,
  { factors: { person }, layout, head, camera }: Wearer,
): void {
  const [left, right] = layout.eyes;
  const round = person.seed % 3 !== 0;
  const tint = color(["#1a1718", "#b98a4a", "#5b3a2a"][person.seed % 3]!);
  const look: Look = { tint, gloss: 0.7, frame: head };
  const width = layout.width;
  for (const eye of [left, right]) {
    const radius: readonly [number, number] = round ? [0.225, 0.205] : [0.24, 0.165];
    const rim = circle([eye.x * 1.03, eye.y - 0.02, 1.0], radius[0], radius[1], round ? 2 : 3.2)
      .map(([x, y, z]): Vector => [x, y, z - 0.25 * Math.max(0, Math.abs(x) - 0.3)]);
    addTube(geometry, camera, rim, 0.013, look);
    addTube(
      geometry,
      camera,
      [
        [eye.side * (Math.abs(eye.x) * 1.03 + radius[0]), eye.y + 0.03, 0.94],
        [eye.side * 0.74 * width, eye.y + 0.03, 0.5],
        [eye.side * 0.76 * width, eye.y + 0.02, -0.05],
      ],
      0.013,
      look,
    );
  }
  addTube(
    geometry,
    camera,
    [
      [left.x * 1.03 + 0.22, left.y + 0.02, 1],
      [0, left.y + 0.05, 1.02],
      [right.x * 1.03 - 0.22, right.y + 0.02, 1],
    ],
    0.011,
    look,
  );
}

function addClip(geometry: Geometry, { factors: { person }, layout, head, camera }: Wearer): void {
  const side = -person.hair.side;
  const tint = color(person.clothes.accent);
  const x = side * 0.66 * layout.width;
  for (const shift of [0, 0.09]) {
    addTube(
      geometry,
      camera,
      [
        [x, 0.5 - shift, 0.62],
        [x + side * 0.09, 0.46 - shift, 0.46],
        [x + side * 0.15, 0.4 - shift, 0.28],
      ],
      0.026,
      { tint, gloss: 1.2, frame: head },
    );
  }
}

function addHeadband(
  geometry: Geometry,
  { factors: { person }, layout, head, camera }: Wearer,
): void {
  const line: Vector[] = [];
  for (let index = 0; index <= 20; index++) {
    const angle = Math.PI * (index / 20);
    line.push([
      -Math.cos(angle) * 0.95 * layout.width,
      0.1 + Math.sin(angle) * 1.24,
      0.12 + 0.12 * Math.sin(angle),
    ]);
  }
  addTube(geometry, camera, line, 0.055, {
    tint: color(person.clothes.accent),
    gloss: 0.25,
    frame: head,
  });
}

function addNeckRing(
  geometry: Geometry,
  { body, camera, factors: { person } }: Wearer,
  ring: { y: number; radius: number; thickness: number; tint: string },
): void {
  const wide = person.presentation === "woman" ? 1 : 1.22;
  const line: Vector[] = [];
  for (let index = 0; index <= 32; index++) {
    const angle = 2 * Math.PI * index / 32;
    const front = Math.cos(angle);
    line.push([
      Math.sin(angle) * ring.radius * wide,
      ring.y - 0.35 * (ring.radius - 0.3) * (1 + front),
      -0.2 + front * ring.radius * wide * (ring.radius > 0.4 ? 0.98 : 1),
    ]);
  }
  addTube(geometry, camera, line, ring.thickness, {
    tint: color(ring.tint),
    gloss: ring.thickness < 0.02 ? 1.5 : 0.2,
    frame: body,
  });
}

function addMicrophone(
  geometry: Geometry,
  { factors: { person }, layout, head, camera }: Wearer,
): void {
  const side = person.hair.side;
  const look: Look = { tint: color("#2b2526"), gloss: 0.4, frame: head };
  const end: Vector = [side * 0.36, layout.mouth.y - 0.02, 0.86];
  addTube(
    geometry,
    camera,
    [
      [side * 0.76 * layout.width, -0.1, -0.02],
      [side * 0.72 * layout.width, -0.38, 0.3],
      [side * 0.58 * layout.width, -0.6, 0.62],
      end,
    ],
    0.011,
    look,
  );
  addBall(geometry, camera, end, 0.045, look);
}

function addHat(
  geometry: Geometry,
  { factors: { person }, layout, head, camera }: Wearer,
  brim: boolean,
): void {
  const tint = color(person.clothes.accent);
  const rows = 14;
  const columns = 41;
  const volume = 0.2;
  const points: Vector[] = [];
  for (let row = 0; row < rows; row++) {
    const t = row / (rows - 1);
    for (let column = 0; column < columns; column++) {
      const angle = 2 * Math.PI * column / (columns - 1) - Math.PI;
      const out = brim
        ? Math.sin(t * Math.PI * 0.5)
        : Math.min(1.18, 1.32 * Math.sin(t * Math.PI * 0.62)) - 0.3 * Math.max(0, t - 0.82);
      const lean = brim ? 0 : person.hair.side * 0.2 * (1 - t);
      const height = brim
        ? 0.42 + 0.95 * Math.cos(t * Math.PI * 0.5)
        : 0.56 + 0.72 * Math.sqrt(1 - t * t);
      points.push([
        Math.sin(angle) * out * (0.76 + volume * 0.8) * layout.width + lean,
        height - 0.12 * (1 - Math.cos(angle)) * t + (brim ? 0.06 : 0) * Math.cos(angle) * t,
        -0.08 + Math.cos(angle) * out * (0.88 + volume * 0.6),
      ]);
    }
  }
  const look: Look = { tint, gloss: 0.05, frame: head };
  addSheet(geometry, camera, points, { rows, columns, look });
  if (!brim) return;
  const visor: Vector[] = [];
  for (let row = 0; row < 6; row++) {
    for (let column = 0; column < 21; column++) {
      const angle = (column / 20 - 0.5) * 2.1;
      const reach = 0.96 + volume * 0.6 + 0.1 * row * Math.cos(angle) ** 0.5;
      visor.push([
        Math.sin(angle) * (0.8 + volume * 0.8),
        0.47 - 0.03 * row - 0.16 * (1 - Math.cos(angle)),
        -0.08 + Math.cos(angle) * reach,
      ]);
    }
  }
  addSheet(geometry, camera, visor, { rows: 6, columns: 21, look });
}

function circle(
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
function addTube(
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

function addBall(
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
function addSheet(
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
