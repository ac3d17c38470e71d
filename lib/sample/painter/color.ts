/** A colour in linear light, each channel usually in [0, 1]. */
export type Color = readonly [red: number, green: number, blue: number];

/** Linear light of an sRGB value in [0, 1]. */
export function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Linear colour of a "#rrggbb" text. */
export function color(text: string): Color {
  const bits = Number.parseInt(text.slice(1), 16);
  return [
    linear((bits >> 16) / 255),
    linear(((bits >> 8) & 255) / 255),
    linear((bits & 255) / 255),
  ];
}

/** The colour a share of the way from one to another. */
export function mix(from: Color, to: Color, share: number): Color {
  return [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ];
}

/** The colour at a place in [0, 1] on a row of colours. */
export function ramp(colors: readonly Color[], place: number): Color {
  const position = Math.max(0, Math.min(1, place)) * (colors.length - 1);
  const index = Math.min(colors.length - 2, Math.floor(position));
  return mix(colors[index]!, colors[index + 1]!, position - index);
}

/** The colour with all channels multiplied. */
export function scaled(base: Color, factor: number): Color {
  return [base[0] * factor, base[1] * factor, base[2] * factor];
}

/** Luminance of a linear colour (Rec. 709 weights). */
export function luminance(base: Color): number {
  return 0.2126 * base[0] + 0.7152 * base[1] + 0.0722 * base[2];
}

const toneSteps = 4096;
const toneLimit = 2;
const toneTable = new Uint8Array(toneSteps + 1);
for (let index = 0; index <= toneSteps; index++) {
  const light = (index / toneSteps) * toneLimit;
  // A gentle shoulder above .75 keeps highlights from clipping to flat white.
  const toned = light < 0.75 ? light : 0.75 + 0.25 * (1 - Math.exp(-(light - 0.75) / 0.25));
  const encoded = toned <= 0.0031308 ? toned * 12.92 : 1.055 * toned ** (1 / 2.4) - 0.055;
  toneTable[index] = Math.round(255 * Math.min(1, encoded));
}

/** The 8-bit sRGB value of an amount of linear light, highlights rolled off softly. */
export function toned(light: number): number {
  if (!(light > 0)) return 0;
  return toneTable[Math.min(toneSteps, Math.round((light / toneLimit) * toneSteps))]!;
}
