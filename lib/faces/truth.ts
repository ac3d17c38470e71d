import type { FaceRow } from "../catalog/mod.ts";
import { distance, lean, middle, type Point, transformPoint } from "./geometry.ts";

/** A person of whom it is known where the face is: a painted one, or one that somebody marked. */
export interface TrueFace {
  readonly presentation: "woman" | "man";
  /** At least `leftEye` and `rightEye`, in source pixels; left is the picture's left. */
  readonly landmarks: Readonly<Record<string, Point>>;
}

/** What {@linkcode matchTruth} needs to know of a found face. */
export type FoundFace = Pick<FaceRow, "pictureSha256" | "landmarks">;

/** A found face and the true one that it is, or one of them alone. */
export interface Match<True extends TrueFace = TrueFace, Found extends FoundFace = FaceRow> {
  readonly picture: string;
  readonly face: Found | null;
  readonly person: True | null;
}

/**
 * Pairs found faces with true ones, picture by picture: the closest pair first, and only where the
 * two midpoints between the eyes are closer than the true eyes' distance.
 *
 * @param faces as found
 * @param truth the people of every picture, by the picture's sha256; pictures that it does not name
 * are left out
 * @returns every found and every true face once; `face: null` was missed, `person: null` is no face
 */
export function matchTruth<True extends TrueFace, Found extends FoundFace>(
  faces: readonly Found[],
  truth: ReadonlyMap<string, readonly True[]>,
): Match<True, Found>[] {
  const found = Map.groupBy(faces, ({ pictureSha256 }) => pictureSha256);
  return [...truth].flatMap(([picture, people]) => {
    const ofPicture = found.get(picture) ?? [];
    const pairs = people.flatMap((person) =>
      ofPicture.map((face) => ({
        person,
        face,
        offset: distance(betweenEyes(person), betweenEyes(face)) / eyeDistance(person),
      }))
    ).filter(({ offset }) => offset < 1).sort((a, b) => a.offset - b.offset);
    const matches: Match<True, Found>[] = [];
    const [faceTaken, personTaken] = [new Set<Found>(), new Set<True>()];
    for (const { face, person } of pairs) {
      if (faceTaken.has(face) || personTaken.has(person)) continue;
      faceTaken.add(face);
      personTaken.add(person);
      matches.push({ picture, face, person });
    }
    const missed = people.filter((person) => !personTaken.has(person));
    const extra = ofPicture.filter((face) => !faceTaken.has(face));
    return [
      ...matches,
      ...missed.map((person) => ({ picture, face: null, person })),
      ...extra.map((face) => ({ picture, face, person: null })),
    ];
  });
}

/** Where the true eyes came to lie in a crop, against where they should be. */
export interface EyeError {
  /** Shares of the crop's width: the true left eye's place less the wanted one, [x, y]. */
  readonly left: Point;
  readonly right: Point;
  /** Radians by which the true eyes are off the level. */
  readonly roll: number;
}

/**
 * How well a face was levelled, measured on the true eyes.
 *
 * @param size width of the crop in pixels; `eyeX`, `eyeY`: where the eyes were to be
 */
export function eyeError(
  face: FaceRow,
  person: TrueFace,
  { size, eyeX = 0.35, eyeY = 0.35 }: { size: number; eyeX?: number; eyeY?: number },
): EyeError {
  const [a, b, c, d, e, f] = face.transform as [number, number, number, number, number, number];
  const place = (eye: Point) => transformPoint([a, b, c, d, e, f], eye);
  const [left, right] = [place(person.landmarks.leftEye!), place(person.landmarks.rightEye!)];
  return {
    left: [left[0] / size - eyeX, left[1] / size - eyeY],
    right: [right[0] / size - (1 - eyeX), right[1] / size - eyeY],
    roll: lean(left, right),
  };
}

function betweenEyes({ landmarks }: Pick<TrueFace, "landmarks">): Point {
  return middle(landmarks.leftEye!, landmarks.rightEye!);
}

function eyeDistance({ landmarks }: Pick<TrueFace, "landmarks">): number {
  return Math.max(1, distance(landmarks.leftEye!, landmarks.rightEye!));
}
