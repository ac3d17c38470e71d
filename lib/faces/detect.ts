import type { RgbImage } from "../image/mod.ts";
import {
  decodeDetections,
  type DecodeOptions,
  type Detection,
  detectorSide,
  loadBlazeFace,
} from "./blazeface.ts";
import { detectorInput, inPicture, isSeenWell, isWhole } from "./detector_window.ts";
import { disagreement, type EyePair, findEyes, loadEyeNet, refinedEyes } from "./eyes.ts";
import {
  type HeadAngles,
  type Landmarks,
  loadFaceMesh,
  type Mesh,
  meshAngles,
  meshBox,
  meshEyeCorners,
  meshInPicture,
  meshInput,
  meshLandmarks,
  meshSide,
} from "./facemesh.ts";
import { type Box, distance, lean, sharedPart, type Square } from "./geometry.ts";
import { inGroups } from "./in_groups.ts";
import { joined, type Network, sideBySide } from "./network.ts";
import { windows } from "./windows.ts";

/** A face in a picture. */
export interface Face extends HeadAngles {
  /** The smallest box around the mesh, in source pixels. */
  readonly box: Box;
  readonly landmarks: Landmarks;
  /** The less sure of detector and mesh, 0 to 1. */
  readonly confidence: number;
  /**
   * How far apart mesh and eye network see an eye, as a share of the distance between the eyes:
   * little where both eyes are in plain view, much where hair or a hand hides one.
   */
  readonly distrust: number;
  /**
   * What the mesh network was shown, [192, 192, 3] in [0, 1]: every face upright and at one scale,
   * whatever its size in the picture.
   */
  readonly view: Float32Array;
}

/** Finds faces. An interface, so that another detector can take this one's place. */
export interface FaceDetector {
  /** The faces of each picture, from left to right. */
  detect(images: readonly RgbImage[]): Promise<Face[][]>;
}

/** Options of {@linkcode loadFaceDetector}. */
export interface DetectorOptions extends DecodeOptions {
  /** Faces whose mesh is less sure than this are dropped, 0 to 1. Default: 0.5. */
  readonly minimumMeshConfidence?: number;
  /** Width in source pixels of the smallest face that is looked for. Default: 40. */
  readonly smallestFace?: number;
}

/**
 * Human's detector, mesh and iris network: BlazeFace sees the picture, and overlapping parts of it
 * where it is large, at 256 x 256; MediaPipe's face mesh sees every face in a levelled crop of the
 * original pixels of its own, and its iris network each eye in one of its own.
 */
export async function loadFaceDetector(
  { minimumMeshConfidence = 0.5, smallestFace = 40, ...decodeOptions }: DetectorOptions = {},
): Promise<FaceDetector> {
  const [blazeFace, faceMesh, eyeNet] = await Promise.all([
    loadBlazeFace(),
    loadFaceMesh(),
    loadEyeNet(),
  ]);
  return {
    async detect(images) {
      const detections = await detectionsIn(images, blazeFace, { smallestFace, ...decodeOptions });
      const meshed = await meshFaces(images, withoutRepeats(detections), faceMesh);
      const likely = meshed.filter((face) =>
        face.confidence >= minimumMeshConfidence && isSpread(face)
      );
      const faces = await lookIntoEyes(images, withoutRepeats(likely), eyeNet);
      return images.map((_, picture) =>
        faces.filter((face) => face.picture === picture)
          .map(({ picture: _, ...face }) => face)
          .sort((a, b) => a.box[0] - b.box[0] || a.box[1] - b.box[1])
      );
    },
  };
}

/** Something found in one of several pictures. */
type InPicture<Found> = Found & {
  /** Index of the picture. */
  readonly picture: number;
};

/** What the detector sees in all windows of all pictures; a face may be seen in several. */
async function detectionsIn(
  images: readonly RgbImage[],
  blazeFace: Network,
  { smallestFace, ...decodeOptions }: DecodeOptions & { readonly smallestFace: number },
): Promise<InPicture<Detection>[]> {
  const looks = images.flatMap((image, picture) =>
    windows(image.width, image.height, { side: detectorSide, smallestFace })
      .map((window) => ({ picture, image, window }))
  );
  return await inGroups(looks, async (group) => {
    const inputs = await Promise.all(group.map(detectorInput));
    const [scores, values] = await blazeFace.run(joined(inputs), inputs.length);
    const anchors = scores!.length / inputs.length;
    return group.flatMap(({ picture, image, window }, index) =>
      decodeDetections(
        scores!.subarray(anchors * index, anchors * (index + 1)),
        values!.subarray(16 * anchors * index, 16 * anchors * (index + 1)),
        decodeOptions,
      ).map((detection) => inPicture(detection, window))
        .filter(({ box }) => isWhole(box, window, image) && isSeenWell(box, window, smallestFace))
        .map((detection) => ({ picture, ...detection }))
    );
  });
}

/** The mesh of each detection, and what is read from it. */
async function meshFaces(
  images: readonly RgbImage[],
  detections: readonly InPicture<Detection>[],
  faceMesh: Network,
) {
  return await inGroups(detections, async (group) => {
    const squares = group.map(faceSquare);
    const room = sideBySide(group.length, 3 * meshSide * meshSide);
    const views = group.map(({ picture }, index) =>
      meshInput(images[picture]!, squares[index]!, room[index]!)
    );
    const meshes = await meshesOf(views, squares, faceMesh);
    return group.map(({ picture, confidence }, index) => ({
      picture,
      ...faceFromMesh(meshes[index]!, confidence, views[index]!),
    }));
  });
}

/** The same faces with the eyes as the eye network sees them. */
async function lookIntoEyes(
  images: readonly RgbImage[],
  faces: readonly InPicture<ReturnType<typeof faceFromMesh>>[],
  eyeNet: Network,
): Promise<InPicture<Face>[]> {
  return await inGroups(faces, async (group) => {
    const eyes = await findEyes(
      group.map((face) => ({ image: images[face.picture]!, ...face })),
      eyeNet,
    );
    return group.map(({ corners: _, ...face }, index) => withEyes(face, eyes[index]!));
  });
}

const sameFace = 0.55;

/**
 * The surest of all boxes that share so much that they mean one face. Faces cheek to cheek share less:
 * measured is the part of the smaller box, because half a face has a small box.
 */
function withoutRepeats<Found extends { readonly box: Box; readonly confidence: number }>(
  found: readonly InPicture<Found>[],
): InPicture<Found>[] {
  const kept: InPicture<Found>[] = [];
  for (const candidate of [...found].sort((a, b) => b.confidence - a.confidence)) {
    const isNew = kept.every(({ picture, box }) =>
      picture !== candidate.picture || sharedPart(box, candidate.box) < sameFace
    );
    if (isNew) kept.push(candidate);
  }
  return kept;
}

/** False for a mesh that has collapsed: such a face cannot be levelled. */
function isSpread({ landmarks: { leftEye, rightEye } }: Pick<Face, "landmarks">): boolean {
  return distance(leftEye, rightEye) >= 2;
}

async function meshesOf(
  views: readonly Float32Array[],
  squares: readonly Square[],
  faceMesh: Network,
): Promise<Mesh[]> {
  const [sure, points] = await faceMesh.run(joined(views), views.length);
  return squares.map((square, index) =>
    meshInPicture(points!.subarray(1404 * index, 1404 * (index + 1)), square, sure![index]!)
  );
}

function faceFromMesh(mesh: Mesh, confidence: number, view: Float32Array) {
  return {
    box: meshBox(mesh),
    corners: meshEyeCorners(mesh),
    landmarks: meshLandmarks(mesh),
    ...meshAngles(mesh),
    confidence: Math.min(mesh.confidence, confidence),
    view,
  };
}

/** Beyond this the eye network has not seen the eye that the mesh means. */
const hopelessDistrust = 0.2;

/** Puts the eyes of the eye network into a face; the mesh's own stay where the two cannot agree. */
function withEyes<Found extends Omit<Face, "distrust">>(
  face: Found,
  near: EyePair,
): Found & { readonly distrust: number } {
  const meshEyes = [face.landmarks.leftEye, face.landmarks.rightEye] as const;
  const distrust = disagreement(meshEyes, near);
  if (distrust > hopelessDistrust) return { ...face, distrust };
  const [leftEye, rightEye] = refinedEyes(meshEyes, near);
  return {
    ...face,
    landmarks: { ...face.landmarks, leftEye, rightEye },
    roll: lean(leftEye, rightEye),
    distrust,
  };
}

/** The square that the mesh network wants: half as large again as the box, turned with the eyes. */
function faceSquare({ box: [x, y, width, height], eyes: [left, right] }: Detection): Square {
  return {
    centre: [x + width / 2, y + height / 2],
    side: 1.5 * Math.max(width, height),
    angle: lean(left, right),
  };
}
