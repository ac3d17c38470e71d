import type { Vector } from "../camera.ts";
import type { HairLook } from "../factors.ts";
import { hairline, type SurfaceGrid } from "../head.ts";
import { smoothstep } from "../noise.ts";
import { type HairStyle, hairStyle, type Tie } from "./styles.ts";

/** Where hair that grows at a point of the scalp is combed to. */
export function combDirection(
  [x, y, z]: Vector,
  { look, style, jitter = 0 }: { look: HairLook; style: HairStyle; jitter?: number },
): Vector {
  switch (style.parting) {
    case "back":
      return [x * 0.25 + jitter, 0.35, -1];
    case "none":
      return [x - 0.12 * look.side + jitter, y - 1, z + 0.5];
    case "middle":
    case "side": {
      const line = partingLine(look, style);
      const side = x - line + 0.4 * jitter >= 0 ? 1 : -1;
      const top = Math.max(0, Math.min(1, (y - 0.3) / 0.5));
      return [side * (0.25 + 0.75 * top) + jitter, -0.8 * (1 - top), -0.3 - 0.2 * (z > 0 ? 1 : -1)];
    }
  }
}

/** Distance of the parting from the middle, positive at the image's right. */
export function partingLine(look: HairLook, style: HairStyle): number {
  return style.parting === "side" ? 0.62 * look.parting : 0.12 * look.parting;
}

/** The tie that is nearest to a root, or null where none gathers it. */
export function nearestTie(point: Vector, style: HairStyle): Tie | null {
  let best: Tie | null = null;
  let least = Infinity;
  for (const tie of style.ties) {
    const away = Math.hypot(tie.at[0] - point[0], tie.at[1] - point[1], tie.at[2] - point[2]);
    if (away < least) [best, least] = [tie, away];
  }
  if (best && best.share < 1 && point[1] < 0.45) return null;
  return best;
}

/** A unit direction along the scalp, raised a little from it. */
export function alongScalp([x, y, z]: Vector, normal: Vector, lift = 0): Vector {
  const inward = x * normal[0] + y * normal[1] + z * normal[2];
  const tx = x - inward * normal[0];
  const ty = y - inward * normal[1];
  const tz = z - inward * normal[2];
  const size = Math.hypot(tx, ty, tz) || 1;
  return [tx / size + lift * normal[0], ty / size + lift * normal[1], tz / size + lift * normal[2]];
}

/**
 * The head with its hair as a solid cap under the locks, so that no scalp shows between them.
 *
 * @returns the raised surface and the direction of the strands at every point
 */
export function hairCap(
  head: SurfaceGrid,
  look: HairLook,
): { surface: SurfaceGrid; tangents: Float32Array } {
  const style = hairStyle(look.style);
  const points = head.points.slice();
  const tangents = new Float32Array(points.length);
  const thick = style.lift * look.volume * (style.top < 1 ? 0.75 : 0.62);
  for (let at = 0; at < points.length; at += 3) {
    const point: Vector = [points[at]!, points[at + 1]!, points[at + 2]!];
    if (point[1] < -0.75) continue;
    const above = point[1] - hairline(Math.abs(Math.atan2(point[0], point[2] + 0.05)));
    if (above < -0.06) continue;
    const normal: Vector = [head.normals[at]!, head.normals[at + 1]!, head.normals[at + 2]!];
    const tie = nearestTie(point, style);
    const comb = tie
      ? [tie.at[0] - point[0], tie.at[1] - point[1], tie.at[2] - point[2]] as const
      : combDirection(point, { look, style });
    tangents.set(alongScalp(comb, normal), at);
    const top = style.top < 1 ? 0.3 + 0.7 * smoothstep(0.25, 0.7, point[1]) : 1;
    let raise = thick * top * smoothstep(0, 0.3, above);
    if (style.parting === "middle" || style.parting === "side") {
      // Hair lies flat along its parting.
      const away = Math.abs(point[0] - partingLine(look, style));
      if (point[2] > -0.4) raise *= 0.6 + 0.4 * smoothstep(0, 0.24, away);
    }
    points[at] = point[0] + raise * normal[0];
    points[at + 1] = point[1] + raise * normal[1];
    points[at + 2] = point[2] + raise * normal[2];
  }
  return { surface: { ...head, points }, tangents };
}
