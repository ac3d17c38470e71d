import type { Vector } from "../camera.ts";
import type { LightRig } from "../light.ts";
import { smoothstep } from "../noise.ts";
import { hash } from "../random.ts";
import type { Lit } from "../surface_light.ts";

/** A place on hair. */
export interface StrandPlace {
  /** Number of the lock: which strands it has. */
  readonly lock: number;
  /** Which set of colours it has. */
  readonly colors: number;
  /** Place across the strands, one unit a strand. */
  readonly place: number;
  /** Light that reaches the place between other hair. */
  readonly open: number;
  /** How deep in dyed ends it is. */
  readonly dye: number;
  /** How far the lock's own colour shows and not yet the cap's, from which it rises. */
  readonly own: number;
  /** Directions along the strand and outward, camera space, of any length. */
  readonly tangent: Vector;
  readonly normal: Vector;
}

/**
 * Light on hair after Kajiya and Kay (1989), into `lit`: it depends on the angle to the strand, and
 * a highlight runs across all strands as a ring; a second one, shifted towards the tip, has the
 * hair's own colour.
 *
 * @param colors six numbers a lock, from `lockColors`
 */
export function lightStrand(
  { lock, colors: paint, place, open, dye: depth, own, tangent, normal }: StrandPlace,
  colors: Float32Array,
  { rig, ambient, direct }: { rig: LightRig; ambient: number; direct: number },
  lit: Lit,
): void {
  let size = 1 / (Math.hypot(tangent[0], tangent[1], tangent[2]) || 1);
  const tx = tangent[0] * size;
  const ty = tangent[1] * size;
  const tz = tangent[2] * size;
  size = 1 / (Math.hypot(normal[0], normal[1], normal[2]) || 1);
  let nx = normal[0] * size;
  let ny = normal[1] * size;
  let nz = normal[2] * size;
  if (nz < 0) {
    nx = -nx;
    ny = -ny;
    nz = -nz;
  }
  const coarse = strandTone(lock, place);
  const fine = strandTone(lock + 91, place * 2.6);
  const strand = 0.62 + 0.5 * coarse + 0.26 * fine;
  const at = 6 * paint;
  // Dyed ends begin about half way.
  const dye = smoothstep(0.4, 0.75, depth + 0.12 * (coarse - 0.5));
  const cap = colors.length - 6;
  const tint = (channel: number) => {
    const base = colors[cap + channel]!;
    const root = base + (colors[at + channel]! - base) * own;
    return (root + (colors[at + 3 + channel]! - root) * dye * own) * strand;
  };
  const along = tx * rig.key[0] + ty * rig.key[1] + tz * rig.key[2];
  const facing = nx * rig.key[0] + ny * rig.key[1] + nz * rig.key[2];
  const soft = Math.max(0, (facing + 0.4) / 1.4);
  const diffuse = (0.35 * Math.sqrt(Math.max(0, 1 - along * along)) + 0.65 * soft) * soft ** 0.5;
  const shift = 0.16 * (coarse - 0.5);
  const half = tx * rig.half[0] + ty * rig.half[1] + tz * rig.half[2];
  const first = half + 0.08 + shift;
  const second = half - 0.14 + shift * 1.6;
  const gloss = Math.pow(Math.max(0, 1 - first * first), 50) * (0.25 + 0.75 * fine);
  const glow = Math.pow(Math.max(0, 1 - second * second), 16);
  const arriving = open * (0.3 + 0.7 * direct);
  const shade = open * ambient * ambient;
  const up = 0.5 + 0.5 * ny;
  const rimFacing = Math.max(0, nx * rig.rim[0] + ny * rig.rim[1] + nz * rig.rim[2]);
  const rim = (rimFacing + 0.25) * smoothstep(0.3, 0.95, 1 - Math.abs(nz)) * open * ambient *
    0.75;
  const lightOf = (channel: 0 | 1 | 2, paint: number) =>
    paint * (rig.keyColor[channel] * (1.15 * diffuse + 0.75 * glow) * arriving +
        (rig.ground[channel] + (rig.sky[channel] - rig.ground[channel]) * up) * shade +
        rig.rimColor[channel] * rim * 1.1) +
    rig.keyColor[channel] * gloss * arriving * soft * 0.14 * (0.75 + Math.sqrt(paint)) +
    rig.rimColor[channel] * rim * 0.09;
  lit.red = lightOf(0, tint(0));
  lit.green = lightOf(1, tint(1));
  lit.blue = lightOf(2, tint(2));
}

/** Brightness of the strands of a lock, smooth across, in [0, 1]. */
function strandTone(lock: number, place: number): number {
  const strand = Math.floor(place);
  const share = place - strand;
  const left = hash(lock, strand);
  return left + (hash(lock, strand + 1) - left) * share;
}
