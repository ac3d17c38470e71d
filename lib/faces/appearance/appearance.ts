import type { Catalog, FaceRow } from "../../catalog/mod.ts";
import { decodeImage, type Lab, type RgbImage } from "../../image/mod.ts";
import { alignEyes, eyesLevelTransform } from "../align.ts";
import type { Landmarks } from "../facemesh.ts";
import { transformPoint } from "../geometry.ts";
import { headParts } from "./head_parts.ts";

/** What can be measured of a face without asking anybody. */
export interface Appearance {
  /** Median colour of the hair. */
  readonly hair: Lab;
  /** Median colour of the cheeks. */
  readonly skin: Lab;
  /** Median colour beside and above the head; three times NaN where hair fills the picture. */
  readonly background: Lab;
  /** Width of the mouth as a share of the face's. */
  readonly smile: number;
}

/** A frame with room for the hair: the eyes are a fifth of the picture apart. */
const portrait = { size: 120, eyeX: 0.4, eyeY: 0.5 };

/**
 * Measures a face in its own picture, so that the frame of its crop does not matter.
 *
 * @param landmarks in pixels of the picture
 */
export function measureAppearance(image: RgbImage, landmarks: Landmarks): Appearance {
  const eyes = [landmarks.leftEye, landmarks.rightEye] as const;
  const transform = eyesLevelTransform(eyes, portrait);
  const points = Object.fromEntries(
    Object.entries(landmarks).map(([name, point]) => [name, transformPoint(transform, point)]),
  ) as Landmarks;
  const { hairColor, skinColor, backgroundColor } = headParts(
    alignEyes(image, eyes, portrait),
    points,
  );
  const { mouthLeft, mouthRight, cheekLeft, cheekRight } = points;
  const smile = (mouthRight[0] - mouthLeft[0]) / (cheekRight[0] - cheekLeft[0]);
  return { hair: hairColor, skin: skinColor, background: backgroundColor, smile };
}

/**
 * The appearance of faces of the catalogue, in their order.
 *
 * @throws Error where a picture's file is missing or cannot be read
 */
export async function measureAppearances(
  catalog: Catalog,
  faces: readonly FaceRow[],
): Promise<Appearance[]> {
  const measured = new Map<FaceRow, Appearance>();
  for (const [file, own] of Map.groupBy(faces, ({ pictureFile }) => pictureFile)) {
    const image = await decodeImage(catalog.resolve(file));
    for (const face of own) {
      measured.set(face, measureAppearance(image, face.landmarks as Landmarks));
    }
  }
  return faces.map((face) => measured.get(face)!);
}
