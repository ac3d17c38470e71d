import {
  cielabPixels,
  colorDistance,
  type Lab,
  medianColor,
  type RgbImage,
} from "../../image/mod.ts";
import { growRegion } from "./grow_region.ts";
import { type FacePoints, headFrame, type HeadPlace } from "./head_frame.ts";

/** The parts of a portrait and their median colours; three times NaN for a part that is not seen. */
export interface HeadParts {
  /** For each pixel, row by row: 1 where it is hair. */
  readonly hair: Uint8Array;
  readonly hairColor: Lab;
  /** Colour of the cheeks. */
  readonly skinColor: Lab;
  /** Colour of the picture's border beside and above the head where it is no hair. */
  readonly backgroundColor: Lab;
}

/** Distances of colours: the widest within one head's hair, the widest between neighbours of it, ... */
const reach = { hair: 32, step: 10, other: 18 };

/**
 * Hair, skin and background of a portrait. Hair is what grows, pixel by pixel, from the band just
 * above the forehead, as long as its colour changes slowly, stays near the band's, and is nearer to
 * it than to the skin's and to the background's.
 *
 * @param points the face's points in pixels of the picture
 */
export function headParts(image: RgbImage, points: FacePoints): HeadParts {
  const { width, height } = image;
  // Locks and grain are no borders of hair.
  const colors = cielabPixels(smoothed(image));
  const place = headFrame(points);
  const places = colors.map((_, pixel) =>
    place([pixel % width + 0.5, Math.floor(pixel / width) + 0.5])
  );
  const pixelsWhere = (test: (place: HeadPlace, pixel: number) => boolean) =>
    [...colors.keys()].filter((pixel) => test(places[pixel]!, pixel));
  const colorOf = (pixels: readonly number[]) => medianColor(pixels.map((pixel) => colors[pixel]!));
  const distance = (pixel: number, color: Lab) => colorDistance(colors[pixel]!, color);

  const skinColor = colorOf(pixelsWhere(isCheek));
  const band = pixelsWhere(isAboveForehead);
  const bandColor = colorUnlike(skinColor, band.map((pixel) => colors[pixel]!));

  const margin = Math.ceil(0.06 * Math.min(width, height));
  const border = pixelsWhere(({ radius, up }, pixel) => {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const isAtEdge = Math.min(x, width - 1 - x, y) < margin;
    return isAtEdge && radius > 1.25 && up > -0.6;
  }).filter((pixel) => distance(pixel, bandColor) > reach.other);
  const besideColor = colorOf(border);

  const seeds = band.filter((pixel) => distance(pixel, bandColor) < reach.hair);
  const hair = growRegion(image, seeds, (pixel, neighbour) => {
    if (!mayBeHair(places[pixel]!)) return false;
    const toHair = distance(pixel, bandColor);
    return toHair < reach.hair && distance(pixel, colors[neighbour]!) < reach.step &&
      toHair < distance(pixel, skinColor) && !(toHair > distance(pixel, besideColor));
  });
  return {
    hair,
    hairColor: colorOf(pixelsWhere((_, pixel) => hair[pixel] === 1)),
    skinColor,
    backgroundColor: colorOf(border.filter((pixel) => hair[pixel] === 0)),
  };
}

/**
 * Splits colours in two groups around their means (k-means) and gives the median of that which is
 * less like another colour, unless it is too small to count.
 */
function colorUnlike(other: Lab, colors: readonly Lab[]): Lab {
  const byLikeness = colors.toSorted((left, right) =>
    colorDistance(left, other) - colorDistance(right, other)
  );
  let groups = [byLikeness.slice(0, 1), byLikeness.slice(-1)];
  for (let round = 0; round < 8; round++) {
    const [like, unlike] = groups.map(medianColor) as [Lab, Lab];
    const isUnlike = (color: Lab) => colorDistance(color, unlike) < colorDistance(color, like);
    groups = [colors.filter((color) => !isUnlike(color)), colors.filter(isUnlike)];
  }
  const [, unlike = []] = groups;
  return medianColor(unlike.length > colors.length / 8 ? unlike : colors);
}

const isCheek = ({ across, up }: HeadPlace) => Math.abs(across) < 0.6 && up > -0.35 && up < 0;

const isAboveForehead = ({ across, up, radius }: HeadPlace) =>
  radius > 1.08 && radius < 1.4 && up > 0.6 && Math.abs(across) < 0.8;

/** Above the chin, and not where brows and eyes are as dark as hair. */
const mayBeHair = ({ across, up, radius }: HeadPlace) =>
  up > -1.1 && !(radius < 0.95 && Math.abs(across) < 0.75 && up < 0.5);

/** The mean of each pixel and its eight neighbours; the border stays as it is. */
function smoothed({ width, height, data }: RgbImage): RgbImage {
  const smooth = new Uint8Array(data);
  const row = 3 * width;
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * row + 3; at < (y + 1) * row - 3; at++) {
      let sum = 0;
      for (const line of [-row, 0, row]) {
        sum += data[at + line - 3]! + data[at + line]! + data[at + line + 3]!;
      }
      smooth[at] = Math.round(sum / 9);
    }
  }
  return { width, height, data: smooth };
}
