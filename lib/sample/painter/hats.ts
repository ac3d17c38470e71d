import type { Vector } from "./camera.ts";
import { color } from "./color.ts";
import type { Geometry } from "./geometry.ts";
import { addSheet, type Look } from "./solids.ts";
import type { Wearer } from "./wearer.ts";

/** Adds a beret, or a cap with its brim. */
export function addHat(
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
        : Math.min(1.18, 1.32 * Math.sin(t * Math.PI * 0.62)) - 1.1 * Math.max(0, t - 0.76);
      const lean = brim ? 0 : person.hair.side * 0.2 * (1 - t);
      const height = brim
        ? 0.42 + 0.95 * Math.cos(t * Math.PI * 0.5)
        : 0.54 + 0.68 * Math.sqrt(1 - t * t);
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
