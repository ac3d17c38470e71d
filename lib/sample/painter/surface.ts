import type { Color } from "./color.ts";

/** What is at a place before light falls on it; painted in layers, one over the other. */
export class Surface {
  red = 0;
  green = 0;
  blue = 0;
  /** Strength of the mirror-like reflection. */
  gloss = 0;
  /** Sharpness of the reflection: the exponent of its lobe. */
  sharpness = 10;
  /** How far the place is covered by the hair that grows there. */
  scalp = 0;

  /** Starts anew with a colour. */
  reset([red, green, blue]: Color, gloss: number, sharpness: number): void {
    this.red = red;
    this.green = green;
    this.blue = blue;
    this.gloss = gloss;
    this.sharpness = sharpness;
    this.scalp = 0;
  }

  /** Lays a colour over what is there, as opaque as `share` says. */
  blend(share: number, [red, green, blue]: Color): void {
    this.red += (red - this.red) * share;
    this.green += (green - this.green) * share;
    this.blue += (blue - this.blue) * share;
  }

  /** Darkens by a transparent colour, as much of it as `share` says. */
  multiply(share: number, red: number, green: number, blue: number): void {
    this.red *= 1 - share * (1 - red);
    this.green *= 1 - share * (1 - green);
    this.blue *= 1 - share * (1 - blue);
  }
}
