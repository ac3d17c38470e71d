import type { HairLook } from "../factors.ts";
import type { SurfaceGrid } from "../head.ts";
import { Random } from "../random.ts";
import { alongScalp, combDirection, nearestTie } from "./comb.ts";
import type { HairWorld, Lock } from "./drape.ts";
import { fringeLock, isFringe, looseStrand } from "./fringe.ts";
import { type Root, scalpRoots } from "./roots.ts";
import { type Growing, shapeLock } from "./shape_lock.ts";
import { hairStyle } from "./styles.ts";
import { tiedHair } from "./tied.ts";

/** Grows all locks of a person's hair on a head, outer layers first. */
export function growHair(
  look: HairLook,
  head: SurfaceGrid,
  { world, seed, density }: { world: HairWorld; seed: number; density: number },
): Lock[] {
  const style = hairStyle(look.style);
  const random = new Random(seed, 11);
  const count = Math.round(style.locks * density);
  // Fewer locks are wider ones: the head stays covered.
  const breadth = 1 / Math.sqrt(density);
  const locks: Lock[] = [];
  for (const root of scalpRoots(head, count, random)) {
    locks.push(...lockAt(root, { look, style, world, random, breadth }));
  }
  for (const tie of style.ties) {
    locks.push(...tiedHair(tie, { look, world, random, count: Math.round(85 * density), breadth }));
  }
  if (style.ties.some(({ share }) => share === 1)) {
    for (const side of [-1, 1] as const) {
      for (let wisp = 0; wisp < 5; wisp++) {
        locks.push(looseStrand(side, { look, style, world, random, breadth: 1 }));
      }
    }
  }
  return locks.sort((a, b) => b.layer - a.layer);
}

function lockAt(root: Root, growing: Growing): Lock[] {
  const { look, style, random } = growing;
  const front = Math.abs(root.angle) < 0.85 && root.point[2] > 0.2;
  const { fringe } = style;
  const short = style.top < 1;
  // Cropped sides and napes are short enough for the cap alone.
  const nape = style.sides > 0.6 && root.point[2] < -0.25;
  if (short && root.point[1] < 0.2 && !nape) return [];
  if (fringe && front && root.above < 0.3 && isFringe(root, growing)) {
    const copies = style.fringe!.kind === "wispy" ? 4 : 3;
    return Array.from({ length: copies }, () => fringeLock(root, growing));
  }
  const [, y, z] = root.point;
  const top = Math.max(0, Math.min(1, (y - 0.25) / 0.45));
  const usual = style.sides + (style.top - style.sides) * top;
  const gathered = nearestTie(root.point, style);
  const tie = gathered && (gathered.share === 1 || random.chance(0.9)) ? gathered : null;
  const distance = tie ? Math.hypot(tie.at[0] - root.point[0], tie.at[1] - y, tie.at[2] - z) : 0;
  // Hair lies over what it passes: over lower roots, or over those nearer to the tie.
  const order = tie ? distance / 2 : style.parting === "back" ? (z + 1) / 2 : (y + 0.65) / 1.8;
  const layer = Math.max(0, Math.min(1, 0.72 * order + 0.28 * random.next()));
  const comb = combDirection(root.point, { look, style, jitter: 0.08 * random.bell() });
  return [shapeLock({
    growing,
    root,
    layer,
    direction: alongScalp(comb, root.normal, short ? 0.15 + 0.3 * top : 0.12),
    length: tie ? distance * 1.5 : usual * look.length * random.between(0.86, 1.06),
    segments: tie ? 12 : short ? (style.wave > 1 ? 14 : 9) : style.wave > 0.5 ? 28 : 17,
    weight: short ? 0.3 : 0.62,
    clearance: style.lift * look.volume * (0.64 + 0.32 * layer) * (short ? 0.3 + 0.7 * top : 1) +
      0.015,
    rise: tie ? distance : 0.35,
    hug: short ? 0.85 : 0.4,
    open: short ? 0 : style.open * random.between(0.9, 1.1),
    tie: tie ? tie.at : null,
    width: (short ? 0.09 : 0.17) * random.between(0.6, 1.25),
    fringe: false,
  })];
}
