import { type Color, color, mix, scaled } from "./color.ts";
import { alongEye, type EyeLayout, type FaceLayout, lids } from "./face_layout.ts";
import type { PortraitFactors } from "./factors.ts";
import { noise, smoothstep } from "./noise.ts";
import type { Vector } from "./camera.ts";

const irisColors: Readonly<Record<PortraitFactors["person"]["eyes"]["iris"], string>> = {
  "black": "#2a1b14",
  "dark brown": "#3f2517",
  "brown": "#643a1e",
  "hazel": "#7d5a30",
  "grey": "#79838c",
  "blue": "#55799f",
  "green": "#5d7a56",
};

/** What is seen at a place in an eye's opening. */
export interface EyeSample {
  /** How much of the sample is eye and not lid, 0 to 1. */
  cover: number;
  red: number;
  green: number;
  blue: number;
  /** Reflected light, added on top. */
  glint: number;
}

/** An eyeball behind its opening: white, iris, pupil, shadow of the lid and catch-lights. */
export class Eyeball {
  readonly layout: EyeLayout;
  readonly #centre: Vector;
  readonly #radius = 0.135;
  readonly #gaze: Vector;
  readonly #iris: Color;
  readonly #irisRadius: number;
  readonly #view: Vector;
  /** Centre of the iris on the front of the ball, and the image's directions there. */
  readonly #irisPlace: Vector;
  readonly #right: Vector;
  readonly #up: Vector;
  readonly #lightSide: number;

  /**
   * @param view direction from the head to the camera, in head coordinates
   * @param gaze direction in which the eye looks, in head coordinates
   */
  constructor(
    layout: EyeLayout,
    { factors, depth, view, gaze, right, up }: {
      factors: PortraitFactors;
      depth: number;
      view: Vector;
      gaze: Vector;
      right: Vector;
      up: Vector;
    },
  ) {
    this.layout = layout;
    this.#centre = [layout.x, layout.y + 0.022, depth];
    this.#gaze = gaze;
    this.#view = view;
    this.#right = right;
    this.#up = up;
    this.#iris = color(irisColors[factors.person.eyes.iris]);
    this.#irisRadius = (factors.person.presentation === "woman" ? 0.084 : 0.07) *
      factors.person.eyes.irisSize;
    this.#irisPlace = [0, 1, 2].map((axis) =>
      this.#centre[axis]! + gaze[axis]! * this.#radius
    ) as unknown as Vector;
    this.#lightSide = factors.pose.light.azimuth >= 0 ? 1 : -1;
  }

  /** Looks at the eye through a point of the face's surface. */
  at(x: number, y: number, z: number, soft: number, sample: EyeSample): void {
    const { layout } = this;
    const along = alongEye(layout, x);
    sample.cover = 0;
    if (along < -1.02 || along > 1.02) return;
    const [upper, lower] = lids(layout, along);
    sample.cover = smoothstep(-soft, soft, upper - y) * smoothstep(-soft, soft, y - lower);
    if (sample.cover === 0) return;
    // Where the line of sight meets the ball, or comes nearest to it.
    const [cx, cy, cz] = this.#centre;
    const [vx, vy, vz] = this.#view;
    const ox = x - cx;
    const oy = y - cy;
    const oz = z - cz;
    const b = ox * vx + oy * vy + oz * vz;
    const outside = ox * ox + oy * oy + oz * oz - this.#radius ** 2;
    const root = Math.sqrt(Math.max(0, b * b - outside));
    const step = -b + root;
    let nx = ox + vx * step;
    let ny = oy + vy * step;
    let nz = oz + vz * step;
    const size = Math.hypot(nx, ny, nz);
    nx /= size;
    ny /= size;
    nz /= size;
    const [gx, gy, gz] = this.#gaze;
    const facing = nx * gx + ny * gy + nz * gz;
    const radial = Math.acos(Math.max(-1, Math.min(1, facing))) * this.#radius;
    const iris = this.#irisRadius;
    const edge = soft * 1.1;
    // The white is never white: it falls off to the corners and is warm there.
    const corner = smoothstep(0.55, 1, Math.abs(along));
    let red = 0.7 - 0.2 * corner;
    let green = 0.655 - 0.25 * corner;
    let blue = 0.65 - 0.25 * corner;
    const inIris = smoothstep(iris + edge, iris - edge, radial);
    if (inIris > 0) {
      const angle = Math.atan2(ny - gy, nx - gx);
      const share = radial / iris;
      const fibre = 0.75 + 0.5 * noise(angle * 5 + 20, share * 2.5 + 3);
      // Light that enters from above shines on the lower half of the iris.
      const glow = 0.75 + 0.9 * smoothstep(0.25, -0.9, (ny - gy) / (iris / this.#radius)) *
          smoothstep(0.35, 0.7, share);
      let tone = scaled(this.#iris, fibre * glow * 1.1);
      tone = mix(tone, scaled(this.#iris, 0.16), smoothstep(0.74, 0.98, share));
      tone = mix(
        tone,
        [0.004, 0.003, 0.003],
        smoothstep(0.46 + edge / iris, 0.4 - edge / iris, share),
      );
      red += (tone[0] - red) * inIris;
      green += (tone[1] - green) * inIris;
      blue += (tone[2] - blue) * inIris;
    }
    const lid = 0.36 + 0.64 * smoothstep(-0.01, 0.06, upper - y);
    sample.red = red * lid;
    sample.green = green * lid;
    sample.blue = blue * lid;
    // Catch-lights keep their place in the image, not in the eye.
    const dx = nx * this.#radius + cx - this.#irisPlace[0];
    const dy = ny * this.#radius + cy - this.#irisPlace[1];
    const dz = nz * this.#radius + cz - this.#irisPlace[2];
    const u = dx * this.#right[0] + dy * this.#right[1] + dz * this.#right[2];
    const v = dx * this.#up[0] + dy * this.#up[1] + dz * this.#up[2];
    const main = Math.hypot(u - this.#lightSide * 0.024, (v - 0.018) * 0.9);
    const second = Math.hypot(u + this.#lightSide * 0.026, v + 0.032);
    sample.glint = smoothstep(0.02 + edge, 0.017 - edge, main) +
      smoothstep(0.013 + edge, 0.006 - edge, second) * 0.45;
  }
}

/** Depth of an eyeball's centre for a face: just behind the lids. */
export function eyeDepth(layout: FaceLayout): number {
  return layout.woman ? 0.635 : 0.625;
}
