import type { RgbImage } from "../image/mod.ts";
import type { PortraitFactors } from "./painter/factors.ts";
import type { PortraitRanges } from "./painter/ranges.ts";
import type { PlannedAppearance, PlannedPicture } from "./plan.ts";
import { seededRandom } from "./random.ts";
import type { Point, TruePerson } from "./truth_picture.ts";

/** What the painter says of one person that it painted. */
export interface PaintedPerson {
  readonly landmarks: Readonly<Record<string, Point>>;
  readonly box: readonly [x: number, y: number, width: number, height: number];
  readonly factors: PortraitFactors;
}

/** Where a head goes in a group: its centre, and the side of the portrait around it, in pixels. */
export interface Placement {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** The painter, as far as the sample world uses it. */
export interface Painter {
  readonly calmRanges: PortraitRanges;
  drawPerson(seed: number, ranges?: PortraitRanges): PortraitFactors["person"];
  drawPose(seed: number, ranges?: PortraitRanges): PortraitFactors["pose"];
  paintPortrait(
    factors: PortraitFactors,
    options: { readonly size: number },
  ): PaintedPerson & { readonly image: RgbImage };
  paintPeople(
    factors: readonly PortraitFactors[],
    options: {
      readonly width: number;
      readonly height: number;
      readonly placements: readonly Placement[];
    },
  ): { readonly image: RgbImage; readonly people: readonly PaintedPerson[] };
  paintScene(seed: number, options: { readonly width: number; readonly height: number }): RgbImage;
}

/** Paints a planned picture and says who is where in it. */
export function paintPicture(
  picture: PlannedPicture,
  { painter, ranges }: { readonly painter: Painter; readonly ranges?: PortraitRanges | null },
): { image: RgbImage; people: TruePerson[] } {
  const { kind, width, height, people, seed } = picture;
  if (kind === "scene") return { image: painter.paintScene(seed, { width, height }), people: [] };
  const factors = people.map((appearance) => factorsOf(appearance, painter, ranges));
  const [only] = factors;
  if (kind === "portrait" && only) {
    const { image, ...painted } = painter.paintPortrait(only, { size: height });
    return { image, people: truePeople(people, [painted]) };
  }
  const placements = placeGroup(people.length, picture);
  const painted = painter.paintPeople(factors, { width, height, placements });
  return { image: painted.image, people: truePeople(people, painted.people) };
}

function factorsOf(
  { presentation, personSeed, poseSeed }: PlannedAppearance,
  painter: Painter,
  ranges: PortraitRanges | null = null,
): PortraitFactors {
  const drawn = { ...(ranges ?? painter.calmRanges), women: presentation === "woman" ? 1 : 0 };
  return { person: painter.drawPerson(personSeed, drawn), pose: painter.drawPose(poseSeed, drawn) };
}

function truePeople(
  planned: readonly PlannedAppearance[],
  painted: readonly PaintedPerson[],
): TruePerson[] {
  return planned.map(({ person, presentation }, position) => {
    const found = painted[position];
    if (!found) {
      throw new Error(`The painter left out ${person}, number ${position} of its picture`);
    }
    return { person, presentation, ...found };
  });
}

/** One row for up to three people, two rows for more: the back row higher and between the front. */
function placeGroup(count: number, { width, height, seed }: PlannedPicture): Placement[] {
  const random = seededRandom(seed);
  const rows = count <= 3 ? [count] : [Math.floor(count / 2), Math.ceil(count / 2)];
  const slot = width / Math.max(...rows);
  const size = Math.min(slot * 0.95, height * (rows.length === 1 ? 0.62 : 0.5));
  return rows.flatMap((inRow, row) =>
    Array.from({ length: inRow }, (_, position) => ({
      x: (width - (inRow - 1) * slot) / 2 + position * slot + (random.next() - 0.5) * 0.08 * size,
      y: height * (rows.length === 1 ? 0.45 : 0.28 + 0.38 * row) +
        (random.next() - 0.5) * 0.12 * size,
      size: size * (0.92 + 0.12 * random.next()),
    }))
  );
}
