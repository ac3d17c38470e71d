import { type Color, color, scaled } from "./color.ts";
import { alongEye, type FaceLayout, lids } from "./face_layout.ts";
import type { Person } from "./factors.ts";
import { bump, noise, smoothstep } from "./noise.ts";
import type { Surface } from "./surface.ts";

const shadowColors: Readonly<Record<Person["makeUp"]["shadowColor"], string>> = {
  brown: "#8a5640",
  peach: "#e08f6e",
  pink: "#d97f93",
  plum: "#80405e",
  grey: "#6d6468",
};

/** Colours that go round an eye. */
export interface EyeMakeUp {
  readonly skin: Color;
  readonly shadow: Color;
  readonly lash: Color;
}

/** The colours of a person's eye make-up. */
export function eyeMakeUp({ makeUp }: Person, skin: Color): EyeMakeUp {
  return {
    skin,
    shadow: color(shadowColors[makeUp.shadowColor]),
    lash: scaled(color("#1c1412"), 0.5),
  };
}

/**
 * Paints what surrounds an eye: shadow, the crease, fullness under it, liner and lashes.
 *
 * @param soft width of an edge, in head units
 */
export function paintAroundEye(
  surface: Surface,
  [x, y, soft]: readonly [x: number, y: number, soft: number],
  { person: { makeUp, eyes }, layout, paint }: {
    person: Person;
    layout: FaceLayout;
    paint: EyeMakeUp;
  },
): void {
  const eye = layout.eyes[x < 0 ? 0 : 1];
  const eyeX = Math.abs(eye.x);
  const along = alongEye(eye, x);
  const ax = Math.abs(x);
  surface.multiply(
    0.4 * bump((ax - eyeX + 0.08) / 0.22, (y - eye.y - 0.06) / 0.1),
    0.93,
    0.84,
    0.8,
  );
  if (makeUp.shadow > 0) {
    const lift = y - eye.y - eye.tilt * eye.halfWidth * along;
    const upper = bump((along - 0.25) / 1.05, (lift - 0.085) / 0.062);
    const lower = bump((along - 0.55) / 0.6, (lift + 0.075) / 0.03);
    const strength = makeUp.shadow * (0.6 * upper + 0.35 * lower);
    surface.blend(Math.min(0.75, strength), paint.shadow);
    if (makeUp.glitter > 0) {
      const glint = smoothstep(0.78, 0.95, noise(x * 70, y * 70)) * makeUp.glitter;
      surface.blend(glint * Math.min(1, upper + lower) * 0.7, [1, 0.92, 0.86]);
    }
  }
  if (along < -1.25 || along > 1.7) return;
  const [upper, lower] = lids(eye, along);
  const woman = layout.woman;
  const inside = smoothstep(1.06, 0.96, Math.abs(along));
  // Fullness under the eye: a light pad and a soft line below it.
  const pad = lower - 0.035;
  const padShare = smoothstep(1.05, 0.6, Math.abs(along)) * eyes.underEye;
  surface.blend(0.3 * padShare * bump(0, (y - pad) / 0.022), scaled(paint.skin, 1.12));
  surface.multiply(0.4 * padShare * bump(0, (y - pad + 0.045) / 0.018), 0.85, 0.72, 0.68);
  // The crease above the lid.
  if (eyes.doubleLid) {
    const rise = (0.034 + 0.012 * along) * Math.min(1, eye.open + 0.3);
    const crease = Math.exp(-(((y - upper - rise) / (0.008 + 0.5 * soft)) ** 2));
    surface.multiply(
      0.62 * crease * smoothstep(1.12, 0.8, Math.abs(along - 0.05)),
      0.45,
      0.33,
      0.28,
    );
  }
  // Lash line: thicker outward, drawn out into a wing.
  const weight = (woman ? 0.35 + 0.65 * makeUp.liner : 0.3 + 0.5 * makeUp.liner) *
    (0.6 + 0.4 * smoothstep(-1, 0.6, along));
  const thickness = (woman ? 0.027 : 0.01) * weight + 0.25 * soft;
  const onLid = y - upper;
  let line =
    smoothstep(thickness + soft, thickness - soft * 0.6, Math.abs(onLid - thickness * 0.6)) *
    inside;
  if (makeUp.wing > 0.15 && along > 0.9) {
    const reach = 0.12 + 0.42 * makeUp.wing;
    const out = (along - 0.9) / reach;
    if (out < 1) {
      const rise = eye.y + eye.tilt * eye.halfWidth + (along - 1) * eye.halfWidth * 0.42 + 0.004;
      const half = 0.014 * (1 - out) * makeUp.liner;
      line = Math.max(
        line,
        smoothstep(half + soft, half - soft, Math.abs(y - rise)) * (1 - out * out),
      );
    }
  }
  if (woman) {
    // Single lashes fan out over the line.
    const fan = along * 15 + (onLid / 0.05) * (along * 1.6);
    const lash = smoothstep(0.5, 0.85, Math.cos(fan * Math.PI * 0.5) ** 2);
    const length = 0.03 + 0.036 * smoothstep(-0.8, 0.8, along);
    line = Math.max(
      line,
      lash * 0.75 * smoothstep(length, length * 0.3, onLid) * smoothstep(0, 0.004, onLid) *
        inside,
    );
  }
  surface.blend(Math.min(0.94, line * (woman ? 0.95 : 0.8)), paint.lash);
  const under = y - lower;
  const lowerLine = Math.exp(-(((under + 0.004) / (0.008 + 0.4 * soft)) ** 2)) * inside *
    (0.22 + 0.3 * makeUp.liner * smoothstep(0, 0.9, along));
  surface.blend(lowerLine, [0.12, 0.06, 0.05]);
  // The pink corner towards the nose.
  surface.blend(0.5 * bump((along + 1.03) / 0.1, (y - eye.y + eye.tilt * eye.halfWidth) / 0.018), [
    0.5,
    0.17,
    0.15,
  ]);
}
