import type { Vector } from "./camera.ts";
import { type Color, color } from "./color.ts";
import { earLobe } from "./ears.ts";
import type { Geometry } from "./geometry.ts";
import { addHat } from "./hats.ts";
import { addBall, addTube, type Look, ring } from "./solids.ts";
import type { Wearer } from "./wearer.ts";

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
        addTube(geometry, camera, ring([x + side * 0.01, y - 0.13, z], 0.13), 0.013, look);
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
    const rim = ring([eye.x * 1.03, eye.y - 0.02, 1.0], radius[0], radius[1], round ? 2 : 3.2)
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
  hoop: { y: number; radius: number; thickness: number; tint: string },
): void {
  const wide = person.presentation === "woman" ? 1 : 1.22;
  const line: Vector[] = [];
  for (let index = 0; index <= 32; index++) {
    const angle = 2 * Math.PI * index / 32;
    const front = Math.cos(angle);
    line.push([
      Math.sin(angle) * hoop.radius * wide,
      hoop.y - 0.35 * (hoop.radius - 0.3) * (1 + front),
      -0.2 + front * hoop.radius * wide * (hoop.radius > 0.4 ? 0.98 : 1),
    ]);
  }
  addTube(geometry, camera, line, hoop.thickness, {
    tint: color(hoop.tint),
    gloss: hoop.thickness < 0.02 ? 1.5 : 0.2,
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
