import type { RgbImage } from "../../image/mod.ts";
import type { PortraitFactors } from "./factors.ts";
import { type PaintedPerson, paintPeople } from "./people.ts";

/** A painted portrait and everything that is true of it. */
export interface PaintedPortrait extends PaintedPerson {
  readonly image: RgbImage;
}

/**
 * Paints a square portrait, head and shoulders. The same factors and size always give the same bytes.
 *
 * @param factors who and how, from `drawPerson` and `drawPose` or made by hand
 * @param options side of the picture in pixels, 32 to 1024
 */
export function paintPortrait(
  factors: PortraitFactors,
  { size }: { readonly size: number },
): PaintedPortrait {
  if (!(Number.isInteger(size) && size >= 32 && size <= 1024)) {
    throw new RangeError(`Expected a size from 32 to 1024 pixels but got ${size}`);
  }
  const { framing } = factors.pose;
  const { image, people } = paintPeople([factors], {
    width: size,
    height: size,
    placements: [{
      x: size * (0.5 + framing.x),
      y: size * (0.47 + framing.y),
      size: size * framing.scale,
    }],
  });
  return { image, ...people[0]! };
}
