import { type Color, color, scaled } from "./color.ts";
import type { Light } from "./factors.ts";
import type { Random } from "./random.ts";
import type { PortraitRanges } from "./ranges.ts";

/** The names of light set-ups. */
export type LightName = "studio" | "daylight" | "warm" | "stage" | "neon";

type Vector = readonly [x: number, y: number, z: number];

/** Light as the shader wants it: directions in camera space (x right, y up, z to the camera). */
export interface LightRig {
  readonly key: Vector;
  /** Half way between the main light and the camera: where mirrors of the light face. */
  readonly half: Vector;
  readonly keyColor: Color;
  readonly sky: Color;
  readonly ground: Color;
  readonly rim: Vector;
  readonly rimColor: Color;
  /** Soft light from the other side of the camera. */
  readonly fill: Vector;
  readonly fillColor: Color;
}

/** Draws a light set-up. */
export function drawLight(random: Random, ranges: PortraitRanges): Light {
  const name = random.weighted(ranges.lights);
  const azimuth = random.between(...ranges.lightAzimuth);
  const elevation = random.between(...ranges.lightElevation);
  const strength = 1 + 0.05 * random.bell();
  const plain = { name, azimuth, elevation, strength };
  switch (name) {
    case "studio":
      return { ...plain, color: "#fff6ee", fill: "#efe9ea", rim: "#ffffff", rimStrength: 0.35 };
    case "daylight":
      return { ...plain, color: "#fff1e0", fill: "#dfe6f2", rim: "#fff3df", rimStrength: 0.5 };
    case "warm":
      return { ...plain, color: "#ffe3c0", fill: "#d8cfd8", rim: "#ffd9a8", rimStrength: 0.5 };
    case "stage": {
      const rim = random.pick(["#ff4fa0", "#5b7bff", "#b45cff", "#3fd0ff", "#ffb04f"]);
      const fill = random.pick(["#5c5a9c", "#7a4f8c", "#43639c"]);
      return { ...plain, color: "#fff2f4", fill, rim, rimStrength: random.between(0.9, 1.6) };
    }
    case "neon": {
      const [fill, rim] = random.pick(
        [
          ["#e3b3cb", "#4fb6ff"],
          ["#b9b6e6", "#ff8f6b"],
          ["#b3d0d6", "#d46bff"],
        ] as const,
      );
      return {
        ...plain,
        color: "#f4e8ff",
        fill,
        rim,
        rimStrength: random.between(0.8, 1.4),
      };
    }
  }
}

/** The directions and colours of a light set-up. */
export function lightRig(light: Light): LightRig {
  const side = light.azimuth >= 0 ? 1 : -1;
  const fill = color(light.fill);
  const dim = light.name === "stage" || light.name === "neon" ? 0.75 : 1;
  const key = direction(light.azimuth, light.elevation);
  const length = Math.hypot(key[0], key[1], key[2] + 1);
  return {
    key,
    half: [key[0] / length, key[1] / length, (key[2] + 1) / length],
    keyColor: scaled(color(light.color), 0.72 * light.strength),
    sky: scaled(fill, 0.49 * dim),
    ground: scaled(fill, 0.36 * dim),
    rim: direction(-side * 2.35, 0.45),
    rimColor: scaled(color(light.rim), light.rimStrength),
    fill: direction(-side * 0.7, 0.05),
    fillColor: scaled(fill, 0.16),
  };
}

function direction(azimuth: number, elevation: number): Vector {
  const level = Math.cos(elevation);
  return [Math.sin(azimuth) * level, Math.sin(elevation), Math.cos(azimuth) * level];
}
