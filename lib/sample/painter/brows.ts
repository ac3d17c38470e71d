import { type Color, color, mix, scaled } from "./color.ts";
import type { FaceLayout } from "./face_layout.ts";
import type { Person } from "./factors.ts";
import { hairColor } from "./hair/colors.ts";
import { noise, smoothstep } from "./noise.ts";
import type { Surface } from "./surface.ts";

/** The colour of a person's brows: bleached hair tints them half way. */
export function browColor({ hair, presentation }: Person): Color {
  const natural = color("#2a1c16");
  return scaled(mix(natural, hairColor(hair.color), presentation === "woman" ? 0.38 : 0.2), 0.75);
}

/** Paints a brow as a tapering band of short hairs. */
export function paintBrow(
  surface: Surface,
  [x, y, soft]: readonly [x: number, y: number, soft: number],
  { layout: { brow, woman }, tint }: { layout: FaceLayout; tint: Color },
): void {
  const t = (Math.abs(x) - brow.x) / brow.halfWidth;
  if (t < -1.15 || t > 1.2 || y < brow.y - 0.15 || y > brow.y + 0.2) return;
  const line = brow.y + brow.tilt * brow.halfWidth * t + brow.arch * (1 - (t - 0.35) ** 2 * 1.5) -
    0.02;
  const taper = brow.thickness * (t < 0.25 ? 1 : 1 - 0.75 * smoothstep(0.25, 1.1, t)) *
    (0.75 + 0.25 * smoothstep(-1.1, -0.6, t));
  const distance = (y - line) / taper;
  const body = smoothstep(1.25, 0.45, Math.abs(distance)) * smoothstep(-1.12, -0.7, t) *
    smoothstep(1.12, 0.9, t);
  if (body === 0) return;
  const side = x < 0 ? 1 : -1;
  const hairs = noise(side * x * 70 * (1 - 0.4 * t) + y * (50 - 90 * t), y * 18 + x * 9 + 40);
  const fine = Math.min(1, 0.012 / soft);
  const share = body * (woman ? 0.86 : 0.92) * (1 - 0.45 * fine * hairs);
  surface.blend(share, tint);
}
