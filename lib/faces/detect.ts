import sharp from "sharp";
import type { RgbImage } from "../image/mod.ts";
import {
  decodeDetections,
  type DecodeOptions,
  type Detection,
  detectorSide,
  loadBlazeFace,
} from "./blazeface.ts";
import {
  type HeadAngles,
  type Landmarks,
  loadFaceMesh,
  type Mesh,
  meshAngles,
  meshBox,
  meshInPicture,
  meshInput,
  meshLandmarks,
} from "./facemesh.ts";
import { type Box, overlap, type Point, type Square } from "./geometry.ts";
import { joined } from "./network.ts";

/** A face in a picture. */
export interface Face extends HeadAngles {
  /** The smallest box around the mesh, in source pixels. */
  readonly box: Box;
  readonly landmarks: Landmarks;
  /** The less sure of detector and mesh, 0 to 1. */
  readonly confidence: number;
  /** What the mesh network was shown: the face at one scale, whatever its size in the picture. */
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
}

/**
 * Human's detector and mesh (BlazeFace and MediaPipe's face mesh): the detector sees the whole
 * picture at 256 x 256, the mesh sees every face in its own levelled crop of the original pixels.
 */
export async function loadFaceDetector(
  { minimumMeshConfidence = 0.5, ...decodeOptions }: DetectorOptions = {},
): Promise<FaceDetector> {
  const [blazeFace, faceMesh] = await Promise.all([loadBlazeFace(), loadFaceMesh()]);
  return {
    async detect(images) {
      const inputs = await Promise.all(images.map(detectorInput));
      const [scores, values] = await blazeFace.run(
        joined(inputs.map(({ input }) => input)),
        images.length,
      );
      const anchors = scores!.length / images.length;
      const squares = inputs.flatMap(({ scale, shift }, image) =>
        decodeDetections(
          scores!.subarray(image * anchors, (image + 1) * anchors),
          values!.subarray(image * anchors * 16, (image + 1) * anchors * 16),
          decodeOptions,
        ).map((detection) => ({ image, detection, square: faceSquare(detection, scale, shift) }))
      );
      const views = squares.map(({ image, square }) => meshInput(images[image]!, square));
      const [sure, raw] = await faceMesh.run(joined(views), views.length);
      const faces: Face[][] = images.map(() => []);
      squares.forEach(({ image, detection, square }, index) => {
        const mesh = meshInPicture(
          raw!.subarray(1404 * index, 1404 * (index + 1)),
          square,
          sure![index]!,
        );
        if (mesh.confidence < minimumMeshConfidence) return;
        faces[image]!.push(faceFromMesh(mesh, detection, views[index]!));
      });
      return faces.map(withoutRepeats);
    },
  };
}

/** Two faces that the mesh has drawn to the same place are one. */
function withoutRepeats(faces: readonly Face[]): Face[] {
  const kept: Face[] = [];
  for (const face of [...faces].sort((a, b) => b.confidence - a.confidence)) {
    if (kept.every(({ box }) => overlap(box, face.box) < 0.4)) kept.push(face);
  }
  return kept.sort((a, b) => a.box[0] - b.box[0] || a.box[1] - b.box[1]);
}

function faceFromMesh(mesh: Mesh, detection: Detection, view: Float32Array): Face {
  return {
    box: meshBox(mesh),
    landmarks: meshLandmarks(mesh),
    ...meshAngles(mesh),
    confidence: Math.min(mesh.confidence, detection.confidence),
    view,
  };
}

/** The square that the mesh network wants: half as large again as the box, turned with the eyes. */
function faceSquare({ box, eyes }: Detection, scale: number, shift: Point): Square {
  const [x, y, width, height] = box;
  const [left, right] = eyes;
  return {
    centre: [(x + width / 2 - shift[0]) / scale, (y + height / 2 - shift[1]) / scale],
    side: 1.5 * Math.max(width, height) / scale,
    angle: Math.atan2(right[1] - left[1], right[0] - left[0]),
  };
}

/** The whole picture in the middle of the detector's input, its shape kept, in [-1, 1]. */
async function detectorInput(
  { width, height, data }: RgbImage,
): Promise<{ input: Float32Array; scale: number; shift: Point }> {
  const scale = detectorSide / Math.max(width, height);
  const [smallWidth, smallHeight] = [width, height].map((side) =>
    Math.max(1, Math.round(side * scale))
  ) as [number, number];
  const left = Math.floor((detectorSide - smallWidth) / 2);
  const top = Math.floor((detectorSide - smallHeight) / 2);
  const small = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize(smallWidth, smallHeight, { fit: "fill", kernel: "linear" })
    .raw().toBuffer();
  const input = new Float32Array(detectorSide * detectorSide * 3);
  for (let row = 0; row < smallHeight; row++) {
    const target = 3 * ((top + row) * detectorSide + left);
    for (let at = 0; at < 3 * smallWidth; at++) {
      input[target + at] = small[3 * row * smallWidth + at]! / 127.5 - 1;
    }
  }
  return { input, scale, shift: [left, top] };
}
