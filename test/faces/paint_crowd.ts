import type { RgbImage } from "../../lib/image/mod.ts";
import {
  calmRanges,
  drawPerson,
  drawPose,
  type PaintedPerson,
  paintPeople,
} from "../../lib/sample/painter/mod.ts";

/** One picture with many people of known places. */
export interface Crowd {
  readonly image: RgbImage;
  readonly people: readonly PaintedPerson[];
}

/** Portrait sides that a face of one pixel fills: a face's box is 0.45 of its portrait. */
const portraitOfFace = 1 / 0.45;

/**
 * Paints rows of six people into one picture, every row with faces of its own size.
 *
 * @param faceSizes side in pixels of a square as large as a face's box, one for each row
 */
export function paintCrowd(
  faceSizes: readonly number[],
  { seed, width }: { readonly seed: number; readonly width: number },
): Crowd {
  const rows = faceSizes.map((faceSize, row) => {
    const size = faceSize * portraitOfFace;
    const [height, slot] = [Math.round(1.3 * size), width / 6];
    const factors = Array.from({ length: 6 }, (_, column) => {
      const own = 1000 * seed + 10 * row + column;
      return { person: drawPerson(own, calmRanges), pose: drawPose(own, calmRanges) };
    });
    const placements = factors.map((_, column) => ({
      x: (column + 0.5) * slot,
      y: 0.62 * size,
      size,
    }));
    return { height, ...paintPeople(factors, { width, height, placements }) };
  });
  const height = rows.reduce((sum, row) => sum + row.height, 0);
  const data = new Uint8Array(3 * width * height);
  let top = 0;
  const people = rows.flatMap((row) => {
    const above = top;
    data.set(row.image.data, 3 * width * above);
    top += row.height;
    return row.people.map(({ landmarks, box: [x, y, boxWidth, boxHeight], factors }) => ({
      factors,
      landmarks: Object.fromEntries(
        Object.entries(landmarks).map(([name, [px, py]]) => [name, [px, py + above]]),
      ) as unknown as PaintedPerson["landmarks"],
      box: [x, y + above, boxWidth, boxHeight] as const,
    }));
  });
  return { image: { width, height, data }, people };
}
