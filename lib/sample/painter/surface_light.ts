import type { Vector } from "./camera.ts";
import type { LightRig } from "./light.ts";
import { smoothstep } from "./noise.ts";
import type { Surface } from "./surface.ts";

/** Linear light that leaves a place towards the camera. */
export interface Lit {
  red: number;
  green: number;
  blue: number;
}

/**
 * Light on skin and cloth, into `lit`. It wraps further round for red than for blue, as light does
 * that enters skin and leaves it near by.
 *
 * @param normal camera-space normal, of any length
 * @param ambient share of the light from all around that arrives
 * @param direct share of the main lamp's light that arrives
 */
export function lightSurface(
  surface: Surface,
  [x, y, z]: Vector,
  { rig, ambient, direct }: { rig: LightRig; ambient: number; direct: number },
  lit: Lit,
): void {
  const size = 1 / (Math.hypot(x, y, z) || 1);
  const nx = x * size;
  const ny = y * size;
  const nz = z * size;
  const facing = nx * rig.key[0] + ny * rig.key[1] + nz * rig.key[2];
  const wrapped = (wrap: number) => {
    const value = (facing + wrap) / (1 + wrap);
    return value <= 0 ? 0 : value * (0.75 + 0.25 * value);
  };
  // A shadow on skin has a red edge.
  const shadowRed = Math.pow(direct, 0.7);
  const keyRed = wrapped(0.6) * (0.22 + 0.78 * shadowRed);
  const keyGreen = wrapped(0.48) * (0.14 + 0.86 * direct);
  const keyBlue = wrapped(0.44) * (0.13 + 0.87 * direct);
  const up = 0.5 + 0.5 * ny;
  const fill = Math.max(0, nx * rig.fill[0] + ny * rig.fill[1] + nz * rig.fill[2]);
  const ambientRed = Math.pow(ambient, 0.75);
  const rimFacing = Math.max(0, nx * rig.rim[0] + ny * rig.rim[1] + nz * rig.rim[2]);
  const edge = 1 - Math.max(0, nz);
  const rim = rimFacing * smoothstep(0.35, 0.95, edge) * ambient * 0.9;
  const half = Math.max(0, nx * rig.half[0] + ny * rig.half[1] + nz * rig.half[2]);
  const shine = surface.gloss * direct *
    (0.55 * Math.pow(half, surface.sharpness) + 0.75 * Math.pow(half, surface.sharpness * 4.5));
  const sheen = 0.05 * edge * edge * edge * ambient;
  lit.red = surface.red *
      (rig.keyColor[0] * keyRed +
        (rig.ground[0] + (rig.sky[0] - rig.ground[0]) * up) * ambientRed +
        rig.fillColor[0] * fill * ambient) +
    rig.rimColor[0] * rim * (0.3 * surface.red + 0.12) +
    rig.keyColor[0] * shine * 0.5 + rig.sky[0] * sheen;
  lit.green = surface.green *
      (rig.keyColor[1] * keyGreen +
        (rig.ground[1] + (rig.sky[1] - rig.ground[1]) * up) * ambient +
        rig.fillColor[1] * fill * ambient) +
    rig.rimColor[1] * rim * (0.3 * surface.green + 0.12) +
    rig.keyColor[1] * shine * 0.5 + rig.sky[1] * sheen;
  lit.blue = surface.blue *
      (rig.keyColor[2] * keyBlue + (rig.ground[2] + (rig.sky[2] - rig.ground[2]) * up) * ambient +
        rig.fillColor[2] * fill * ambient) +
    rig.rimColor[2] * rim * (0.3 * surface.blue + 0.12) +
    rig.keyColor[2] * shine * 0.5 + rig.sky[2] * sheen;
}
