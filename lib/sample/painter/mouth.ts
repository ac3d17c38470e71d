import { type Color, color, mix, scaled } from "./color.ts";
import { type FaceLayout, lips } from "./face_layout.ts";
import type { Person } from "./factors.ts";
import { bump, noise, smoothstep } from "./noise.ts";
import type { Surface } from "./surface.ts";

const lipColors: Readonly<Record<Person["makeUp"]["lipColor"], string>> = {
  bare: "#c07a70",
  rose: "#cf5a6c",
  coral: "#e2614f",
  red: "#bb1f30",
  berry: "#8f2443",
  nude: "#c4806c",
  peach: "#e8836b",
};

/** The colour of a person's lips: bare ones are near the skin's. */
export function lipColor({ makeUp, presentation }: Person, skin: Color): Color {
  const bare = mix(scaled(skin, 0.72), color("#b8605a"), presentation === "woman" ? 0.5 : 0.2);
  return mix(bare, color(lipColors[makeUp.lipColor]), makeUp.lips);
}

/** Paints the mouth: lips, the line between them or teeth and tongue, and the shade around them. */
export function paintMouth(
  surface: Surface,
  [x, y, soft]: readonly [x: number, y: number, soft: number],
  { person, layout: { mouth, woman }, tint: lip }: {
    person: Person;
    layout: FaceLayout;
    tint: Color;
  },
): void {
  const ax = Math.abs(x);
  // Corners fade into the cheeks.
  surface.multiply(
    0.5 * bump((ax - mouth.halfWidth - 0.006) / 0.026, (y - mouth.y - mouth.curve * 0.9) / 0.024),
    0.62,
    0.42,
    0.38,
  );
  surface.multiply(
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
  const gradient = person.makeUp.lipColor === "bare" ? 0 : 0.25;
  // The gradient lip: stronger colour towards the line between the lips.
  const inner = upperLip
    ? 1 - (y - edges.innerUpper) / (edges.upper - edges.innerUpper + 1e-3)
    : 1 - (edges.innerLower - y) / (edges.innerLower - edges.lower + 1e-3);
  const tint = scaled(lip, (upperLip ? 0.84 : 1) * wrinkles * (1 - gradient * 0.5 * inner));
  surface.blend(inLips * (0.78 + 0.2 * inner), tint);
  const wet = upperLip
    ? 0.4
    : 0.4 + bump(x / 0.09, (y - edges.innerLower + (edges.innerLower - edges.lower) * 0.42) / 0.02);
  surface.gloss += inLips * (woman ? 0.55 * wet : 0.06);
  surface.sharpness += inLips * 22;
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
      surface.blend(open, inside);
      surface.gloss *= 1 - open * 0.8;
    }
  } else {
    const line = Math.exp(-(((y - edges.innerUpper) / (0.007 + 0.5 * soft)) ** 2));
    surface.blend(0.75 * line, scaled(lip, 0.2));
  }
}
