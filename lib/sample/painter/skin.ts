import { type Color, color, mix, ramp, scaled } from "./color.ts";
import { alongEye, type FaceLayout, lids, lips } from "./face_layout.ts";
import type { Person } from "./factors.ts";
import { hairColor } from "./hair/colors.ts";
import { hairStyle } from "./hair/styles.ts";
import { hairline } from "./head.ts";
import { noise, smoothstep } from "./noise.ts";

const tones = ["#fadcc8", "#f5cdb2", "#e9b591", "#d09f7d", "#aa7c5d", "#7d543c", "#583a2a"].map(
  color,
);
const lipColors: Readonly<Record<Person["makeUp"]["lipColor"], string>> = {
  bare: "#c07a70",
  rose: "#cf5a6c",
  coral: "#e2614f",
  red: "#bb1f30",
  berry: "#8f2443",
  nude: "#c4806c",
  peach: "#e8836b",
};
const shadowColors: Readonly<Record<Person["makeUp"]["shadowColor"], string>> = {
  brown: "#8a5640",
  peach: "#e08f6e",
  pink: "#d97f93",
  plum: "#80405e",
  grey: "#6d6468",
};

/** The colour of a person's skin without light. */
export function skinColor(person: Person): Color {
  const base = ramp(tones, person.skin.tone * 0.8);
  const warm = person.skin.warmth;
  return [base[0], base[1] * (1 - 0.02 * warm), base[2] * (1 - 0.06 * warm)];
}

/** What the surface is at a place: colour, shine, and how far it is hair stubble on the scalp. */
export interface Surface {
  red: number;
  green: number;
  blue: number;
  /** Strength and sharpness of the mirror-like reflection. */
  gloss: number;
  sharpness: number;
  /** How far the place is covered by the hair that grows there. */
  scalp: number;
}

/** Paints the skin of one face: features, make-up, brows, lashes, lips, scalp. */
export class FacePaint {
  readonly #layout: FaceLayout;
  readonly #person: Person;
  readonly #skin: Color;
  readonly #lip: Color;
  readonly #brow: Color;
  readonly #hair: Color;
  readonly #shadow: Color;
  readonly #blush: Color;
  readonly #lash: Color;
  readonly #shaved: boolean;
  readonly #browStrength: number;

  constructor(person: Person, layout: FaceLayout) {
    this.#layout = layout;
    this.#person = person;
    this.#skin = skinColor(person);
    const hair = hairColor(person.hair.color);
    const roots = person.hair.pattern === "dark roots" ? color("#2c1b12") : hair;
    const natural = color("#2a1c16");
    this.#hair = scaled(roots, 0.5);
    // Brows of bleached hair are tinted half way.
    this.#brow = scaled(mix(natural, hair, person.presentation === "woman" ? 0.38 : 0.2), 0.75);
    const lip = color(lipColors[person.makeUp.lipColor]);
    const bare = mix(
      scaled(this.#skin, 0.72),
      color("#b8605a"),
      person.presentation === "woman" ? 0.5 : 0.2,
    );
    this.#lip = mix(bare, lip, person.makeUp.lips);
    this.#shadow = color(shadowColors[person.makeUp.shadowColor]);
    this.#blush = color(
      person.makeUp.lipColor === "coral" || person.makeUp.lipColor === "peach"
        ? "#f08a72"
        : "#ef7f8e",
    );
    this.#lash = scaled(color("#1c1412"), 0.5);
    this.#shaved = hairStyle(person.hair.style).locks === 0;
    this.#browStrength = person.presentation === "woman" ? 0.86 : 0.92;
  }

  /** Fills in the surface at a point of the face; `soft` is the width of an edge. */
  at(x: number, y: number, z: number, soft: number, surface: Surface): void {
    const skin = this.#skin;
    const { skin: look, makeUp } = this.#person;
    const layout = this.#layout;
    let [red, green, blue] = skin;
    surface.scalp = 0;
    let gloss = 0.12 + 0.16 * look.gloss;
    let sharpness = 14;
    const front = z > 0.1;
    if (front) {
      const ax = Math.abs(x);
      const eye = layout.eyes[x < 0 ? 0 : 1];
      const eyeX = Math.abs(eye.x);
      // Blood shows in cheeks, nose and ears; the forehead is paler.
      let flush = (layout.woman ? 0.14 : 0.05) * bump((ax - 0.42) / 0.25, (y + 0.33) / 0.22) +
        0.16 * bump(x / 0.13, (y - layout.nose.baseY - 0.06) / 0.09) +
        0.1 * bump(x / 0.2, (y - layout.chinY - 0.1) / 0.1) +
        0.06 * (noise(x * 9 + 30, y * 9) - 0.5);
      flush += 0.5 * makeUp.blush * bump((ax - 0.44) / 0.2, (y + 0.3 - 0.12 * (ax - 0.44)) / 0.13);
      red += (this.#blush[0] - red) * flush * 0.55;
      green += (this.#blush[1] * 0.95 - green) * flush * 0.55;
      blue += (this.#blush[2] * 0.95 - blue) * flush * 0.55;
      gloss += look.gloss * (0.38 * bump(x / 0.06, (y - layout.nose.baseY - 0.15) / 0.2) +
        0.3 * bump((ax - 0.4) / 0.14, (y + 0.16) / 0.07) +
        0.08 * bump(x / 0.3, (y - 0.45) / 0.15));
      if (look.freckles > 0 && y < 0.05 && y > -0.5) {
        const spot = noise(x * 42 + 9, y * 42 + 5);
        this.#blend(
          smoothstep(0.72, 0.85, spot) * look.freckles * 0.35 *
            bump(ax / 0.5, (y + 0.22) / 0.2),
          [0.3, 0.14, 0.07],
        );
      }
      if (look.mole) {
        const distance = Math.hypot(x - look.mole[0], y - look.mole[1]);
        const spot = smoothstep(0.014 + soft, 0.008, distance) * 0.8;
        red += (0.09 - red) * spot;
        green += (0.045 - green) * spot;
        blue += (0.03 - blue) * spot;
      }
      if (look.stubble > 0 && y < -0.35) {
        const area = smoothstep(0, 0.2, layout.mouth.y - y - 0.06 + 0.6 * ax * ax) *
            smoothstep(0.62, 0.4, ax + 0.5 * (y + 0.8)) +
          0.9 * bump(ax / 0.2, (y - layout.mouth.y - 0.13) / 0.06);
        const dark = Math.min(1, area) * look.stubble * 0.46 * (0.7 + 0.6 * noise(x * 60, y * 60));
        red += (0.13 - red) * dark;
        green += (0.13 - green) * dark;
        blue += (0.15 - blue) * dark;
      }
      if (y > -0.35 && y < 0.5 && ax < 0.68) {
        this.#red = red;
        this.#green = green;
        this.#blue = blue;
        this.#aroundEye(x, y, soft, eyeX);
        this.#browAt(x, y, soft);
        red = this.#red;
        green = this.#green;
        blue = this.#blue;
      }
      if (y < layout.nose.baseY + 0.12 && y > layout.nose.baseY - 0.12 && ax < 0.22) {
        const nostril = bump(
          (ax - layout.nose.width * 0.44) / 0.032,
          (y - layout.nose.baseY + 0.012 - layout.nose.turn * 0.5) / (0.017 + soft * 0.5),
        );
        const dark = Math.min(1, nostril * 1.15) * 0.82;
        red += (0.085 - red) * dark;
        green += (0.032 - green) * dark;
        blue += (0.028 - blue) * dark;
        const wing =
          bump((ax - layout.nose.width - 0.012) / 0.016, (y - layout.nose.baseY - 0.045) / 0.045) *
          0.22;
        red *= 1 - wing * 0.7;
        green *= 1 - wing;
        blue *= 1 - wing;
      }
      if (
        y < layout.mouth.y + 0.2 && y > layout.mouth.y - 0.42 && ax < layout.mouth.halfWidth + 0.06
      ) {
        this.#red = red;
        this.#green = green;
        this.#blue = blue;
        this.#gloss = gloss;
        this.#sharpness = sharpness;
        this.#mouthAt(x, y, soft);
        red = this.#red;
        green = this.#green;
        blue = this.#blue;
        gloss = this.#gloss;
        sharpness = this.#sharpness;
      }
    }
    if (y > -0.75) {
      const angle = Math.abs(Math.atan2(x, z + 0.05));
      const above = y - hairline(angle);
      const ragged = 0.045 * (noise(angle * 90, y * 9) - 0.5);
      const scalp = smoothstep(-0.06, 0.085, above + ragged) * (this.#shaved ? 0.82 : 1);
      if (scalp > 0 && !this.#shaved) surface.scalp = scalp;
      else if (scalp > 0) {
        const grain = 0.7 + 0.6 * noise(x * 45 + z * 30, y * 45 + z * 20);
        red += (this.#hair[0] * grain - red) * scalp;
        green += (this.#hair[1] * grain - green) * scalp;
        blue += (this.#hair[2] * grain - blue) * scalp;
        gloss *= 1 - scalp;
      }
    }
    surface.red = red;
    surface.green = green;
    surface.blue = blue;
    surface.gloss = gloss;
    surface.sharpness = sharpness;
  }

  #red = 0;
  #green = 0;
  #blue = 0;
  #gloss = 0;
  #sharpness = 0;

  #blend(share: number, [red, green, blue]: Color): void {
    this.#red += (red - this.#red) * share;
    this.#green += (green - this.#green) * share;
    this.#blue += (blue - this.#blue) * share;
  }

  #multiply(share: number, red: number, green: number, blue: number): void {
    this.#red *= 1 - share * (1 - red);
    this.#green *= 1 - share * (1 - green);
    this.#blue *= 1 - share * (1 - blue);
  }

  /** Eye shadow, the crease, fullness under the eye, liner and lashes. */
  #aroundEye(x: number, y: number, soft: number, eyeX: number): void {
    const { makeUp, eyes } = this.#person;
    const eye = this.#layout.eyes[x < 0 ? 0 : 1];
    const along = alongEye(eye, x);
    const ax = Math.abs(x);
    this.#multiply(
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
      this.#blend(Math.min(0.75, strength), this.#shadow);
      if (makeUp.glitter > 0) {
        const glint = smoothstep(0.78, 0.95, noise(x * 70, y * 70)) * makeUp.glitter;
        this.#blend(glint * Math.min(1, upper + lower) * 0.7, [1, 0.92, 0.86]);
      }
    }
    if (along < -1.25 || along > 1.7) return;
    const [upper, lower] = lids(eye, along);
    const woman = this.#layout.woman;
    const inside = smoothstep(1.06, 0.96, Math.abs(along));
    // Fullness under the eye: a light pad and a soft line below it.
    const pad = lower - 0.035;
    const padShare = smoothstep(1.05, 0.6, Math.abs(along)) * eyes.underEye;
    this.#blend(0.3 * padShare * bump(0, (y - pad) / 0.022), scaled(this.#skin, 1.12));
    this.#multiply(0.4 * padShare * bump(0, (y - pad + 0.045) / 0.018), 0.85, 0.72, 0.68);
    // The crease above the lid.
    if (eyes.doubleLid) {
      const rise = (0.034 + 0.012 * along) * Math.min(1, eye.open + 0.3);
      const crease = Math.exp(-(((y - upper - rise) / (0.008 + 0.5 * soft)) ** 2));
      this.#multiply(
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
    this.#blend(Math.min(0.94, line * (woman ? 0.95 : 0.8)), this.#lash);
    const under = y - lower;
    const lowerLine = Math.exp(-(((under + 0.004) / (0.008 + 0.4 * soft)) ** 2)) * inside *
      (0.22 + 0.3 * makeUp.liner * smoothstep(0, 0.9, along));
    this.#blend(lowerLine, [0.12, 0.06, 0.05]);
    // The pink corner towards the nose.
    this.#blend(0.5 * bump((along + 1.03) / 0.1, (y - eye.y + eye.tilt * eye.halfWidth) / 0.018), [
      0.5,
      0.17,
      0.15,
    ]);
  }

  #browAt(x: number, y: number, soft: number): void {
    const { brow } = this.#layout;
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
    const share = body * this.#browStrength * (1 - 0.45 * fine * hairs);
    this.#blend(share, this.#brow);
  }

  #mouthAt(x: number, y: number, soft: number): void {
    const { mouth } = this.#layout;
    const ax = Math.abs(x);
    // Corners fade into the cheeks.
    this.#multiply(
      0.5 * bump((ax - mouth.halfWidth - 0.006) / 0.026, (y - mouth.y - mouth.curve * 0.9) / 0.024),
      0.62,
      0.42,
      0.38,
    );
    this.#multiply(
      0.25 * bump(x / 0.17, (y - mouth.y + mouth.lower + mouth.gap * 0.7 + 0.045) / 0.028),
      0.85,
      0.74,
      0.7,
    );
    if (ax > mouth.halfWidth) return;
    const edges = lips(mouth, x);
    const blur = soft + 0.006;
    const inLips = smoothstep(-blur, blur, edges.upper - y) *
      smoothstep(-blur, blur, y - edges.lower) *
      smoothstep(mouth.halfWidth, mouth.halfWidth - 0.03, ax);
    if (inLips === 0) return;
    const upperLip = y > edges.innerUpper;
    const wrinkles = 0.94 + 0.1 * noise(x * 55, y * 8);
    const gradient = this.#person.makeUp.lipColor === "bare" ? 0 : 0.25;
    // The gradient lip: stronger colour towards the line between the lips.
    const inner = upperLip
      ? 1 - (y - edges.innerUpper) / (edges.upper - edges.innerUpper + 1e-3)
      : 1 - (edges.innerLower - y) / (edges.innerLower - edges.lower + 1e-3);
    const tint = scaled(this.#lip, (upperLip ? 0.84 : 1) * wrinkles * (1 - gradient * 0.5 * inner));
    this.#blend(inLips * (0.78 + 0.2 * inner), tint);
    const wet = upperLip
      ? 0.4
      : 0.4 + bump(x / 0.09, (y - edges.innerLower + mouthHeight(edges) * 0.42) / 0.02);
    this.#gloss += inLips * (this.#layout.woman ? 0.55 * wet : 0.06);
    this.#sharpness += inLips * 22;
    if (mouth.gap > 0.004) {
      const open = smoothstep(-soft, soft, edges.innerUpper - y) *
        smoothstep(-soft, soft, y - edges.innerLower);
      if (open > 0) {
        let inside: Color = [0.05, 0.012, 0.012];
        const depth = edges.innerUpper - y;
        const gap = edges.innerUpper - edges.innerLower;
        if (depth > gap * 0.7) {
          inside = mix(inside, [0.3, 0.075, 0.07], smoothstep(gap * 0.65, gap, depth));
        }
        const teeth = Math.min(gap * 0.8, 0.075) * (1 - 0.35 * (ax / mouth.halfWidth) ** 2);
        const bite = smoothstep(teeth + soft, teeth - soft, depth) *
          smoothstep(mouth.halfWidth * 0.92, mouth.halfWidth * 0.62, ax);
        const grooves = 1 - 0.16 * Math.exp(-(((((x * 13.5 + 500) % 1) - 0.5) / 0.1) ** 2));
        const shade = grooves * (0.72 + 0.28 * smoothstep(0, 0.03, depth));
        inside = mix(inside, scaled([0.83, 0.79, 0.74], shade), bite);
        this.#blend(open, inside);
        this.#gloss *= 1 - open * 0.8;
      }
    } else {
      const line = Math.exp(-(((y - edges.innerUpper) / (0.007 + 0.5 * soft)) ** 2));
      this.#blend(0.75 * line, scaled(this.#lip, 0.2));
    }
  }
}

const mouthHeight = (edges: { innerLower: number; lower: number }) =>
  edges.innerLower - edges.lower;

const bump = (x: number, y: number) => {
  const square = x * x + y * y;
  return square > 9 ? 0 : Math.exp(-square);
};
