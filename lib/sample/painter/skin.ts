import { type Color, color, ramp, scaled } from "./color.ts";
import { browColor, paintBrow } from "./brows.ts";
import { type EyeMakeUp, eyeMakeUp, paintAroundEye } from "./eye_make_up.ts";
import type { FaceLayout } from "./face_layout.ts";
import type { Person } from "./factors.ts";
import { hairColor } from "./hair/colors.ts";
import { hairStyle } from "./hair/styles.ts";
import { hairline } from "./head.ts";
import { lipColor, paintMouth } from "./mouth.ts";
import { bump, noise, smoothstep } from "./noise.ts";
import type { Surface } from "./surface.ts";

const tones = ["#fadcc8", "#f5cdb2", "#e9b591", "#d09f7d", "#aa7c5d", "#7d543c", "#583a2a"].map(
  color,
);

/** The colour of a person's skin without light. */
export function skinColor({ skin: { tone, warmth } }: Person): Color {
  const base = ramp(tones, tone * 0.8);
  return [base[0], base[1] * (1 - 0.02 * warmth), base[2] * (1 - 0.06 * warmth)];
}

/** Paints the skin of one face: its own colours, features, make-up, and where hair grows. */
export class FacePaint {
  readonly #layout: FaceLayout;
  readonly #person: Person;
  readonly #skin: Color;
  readonly #lips: Color;
  readonly #brows: Color;
  readonly #eyes: EyeMakeUp;
  readonly #stubble: Color;
  readonly #blush: Color;
  readonly #shaved: boolean;

  constructor(person: Person, layout: FaceLayout) {
    const { hair, makeUp } = person;
    this.#layout = layout;
    this.#person = person;
    this.#skin = skinColor(person);
    this.#lips = lipColor(person, this.#skin);
    this.#brows = browColor(person);
    this.#eyes = eyeMakeUp(person, this.#skin);
    this.#stubble = scaled(
      hairColor(hair.pattern === "dark roots" ? "dark brown" : hair.color),
      0.5,
    );
    const orange = makeUp.lipColor === "coral" || makeUp.lipColor === "peach";
    this.#blush = color(orange ? "#f08a72" : "#ef7f8e");
    this.#shaved = hairStyle(hair.style).locks === 0;
  }

  /** Fills in the surface at a point of the face; `soft` is the width of an edge. */
  at(x: number, y: number, z: number, soft: number, surface: Surface): void {
    const layout = this.#layout;
    const person = this.#person;
    const ax = Math.abs(x);
    surface.reset(this.#skin, 0.12 + 0.16 * person.skin.gloss, 14);
    if (z > 0.1) {
      const place = [x, y, soft] as const;
      this.#flush(x, y, surface);
      this.#marks(x, y, soft, surface);
      if (y > -0.35 && y < 0.5 && ax < 0.68) {
        paintAroundEye(surface, place, { person, layout, paint: this.#eyes });
        paintBrow(surface, place, { layout, tint: this.#brows });
      }
      if (Math.abs(y - layout.nose.baseY) < 0.12 && ax < 0.22) this.#nostril(x, y, soft, surface);
      const { mouth } = layout;
      if (y < mouth.y + 0.2 && y > mouth.y - 0.42 && ax < mouth.halfWidth + 0.06) {
        paintMouth(surface, place, { person, layout, tint: this.#lips });
      }
    }
    if (y > -0.75) this.#scalp(x, y, z, surface);
  }

  /** Blood shows in cheeks, nose and chin; blush does as if. Oily places shine. */
  #flush(x: number, y: number, surface: Surface): void {
    const { skin: look, makeUp } = this.#person;
    const { woman, nose, chinY } = this.#layout;
    const ax = Math.abs(x);
    const own = (woman ? 0.14 : 0.05) * bump((ax - 0.42) / 0.25, (y + 0.33) / 0.22) +
      0.16 * bump(x / 0.13, (y - nose.baseY - 0.06) / 0.09) +
      0.1 * bump(x / 0.2, (y - chinY - 0.1) / 0.1) +
      0.06 * (noise(x * 9 + 30, y * 9) - 0.5);
    const blush = 0.5 * makeUp.blush *
      bump((ax - 0.44) / 0.2, (y + 0.3 - 0.12 * (ax - 0.44)) / 0.13);
    surface.blend((own + blush) * 0.55, this.#blush);
    surface.gloss += look.gloss * (0.38 * bump(x / 0.06, (y - nose.baseY - 0.15) / 0.2) +
      0.3 * bump((ax - 0.4) / 0.14, (y + 0.16) / 0.07) +
      0.08 * bump(x / 0.3, (y - 0.45) / 0.15));
  }

  /** Freckles, a mole, the shadow of a shaved beard. */
  #marks(x: number, y: number, soft: number, surface: Surface): void {
    const { skin: look } = this.#person;
    const { mouth } = this.#layout;
    const ax = Math.abs(x);
    if (look.freckles > 0 && y < 0.05 && y > -0.5) {
      const spot = smoothstep(0.72, 0.85, noise(x * 42 + 9, y * 42 + 5));
      surface.blend(spot * look.freckles * 0.35 * bump(ax / 0.5, (y + 0.22) / 0.2), [
        0.3,
        0.14,
        0.07,
      ]);
    }
    if (look.mole) {
      const distance = Math.hypot(x - look.mole[0], y - look.mole[1]);
      surface.blend(smoothstep(0.014 + soft, 0.008, distance) * 0.8, [0.09, 0.045, 0.03]);
    }
    if (look.stubble > 0 && y < -0.35) {
      const area = smoothstep(0, 0.2, mouth.y - y - 0.06 + 0.6 * ax * ax) *
          smoothstep(0.62, 0.4, ax + 0.5 * (y + 0.8)) +
        0.9 * bump(ax / 0.2, (y - mouth.y - 0.13) / 0.06);
      const grain = 0.7 + 0.6 * noise(x * 80, y * 80);
      surface.blend(Math.min(1, area) * look.stubble * 0.54 * grain, [0.13, 0.13, 0.15]);
    }
  }

  #nostril(x: number, y: number, soft: number, surface: Surface): void {
    const { nose } = this.#layout;
    const ax = Math.abs(x);
    const hole = bump(
      (ax - nose.width * 0.44) / 0.032,
      (y - nose.baseY + 0.012 - nose.turn * 0.5) / (0.017 + soft * 0.5),
    );
    surface.blend(Math.min(1, hole * 1.15) * 0.82, [0.085, 0.032, 0.028]);
    const crease = bump((ax - nose.width - 0.012) / 0.016, (y - nose.baseY - 0.045) / 0.045);
    surface.multiply(0.22 * crease, 0.3, 0, 0);
  }

  #scalp(x: number, y: number, z: number, surface: Surface): void {
    const angle = Math.abs(Math.atan2(x, z + 0.05));
    const ragged = 0.045 * (noise(angle * 90, y * 9) - 0.5);
    const share = smoothstep(-0.06, 0.085, y - hairline(angle) + ragged);
    if (share === 0) return;
    if (!this.#shaved) {
      surface.scalp = share;
      return;
    }
    const grain = 0.7 + 0.6 * noise(x * 45 + z * 30, y * 45 + z * 20);
    surface.blend(share * 0.82, scaled(this.#stubble, grain));
    surface.gloss *= 1 - share * 0.82;
  }
}
