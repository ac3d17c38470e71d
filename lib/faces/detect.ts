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
import { joined, type Network } from "./network.ts";
import { windows } from "./windows.ts";

/** A face in a picture. */
export interface Face extends HeadAngles {
  /** The smallest box around the mesh, in source pixels. */
  readonly box: Box;
  readonly landmarks: Landmarks;
  /** The less sure of detector and mesh, 0 to 1. */
  readonly confidence: number;
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
 * Human's detector and mesh: BlazeFace sees the picture, and overlapping parts of it where it is
 * large, at 256 x 256; MediaPipe's face mesh sees every face in a levelled crop of the original
 * pixels of its own.
 */
export async function loadFaceDetector(
  { minimumMeshConfidence = 0.5, smallestFace = 40, ...decodeOptions }: DetectorOptions = {},
): Promise<FaceDetector> {
  const [blazeFace, faceMesh] = await Promise.all([loadBlazeFace(), loadFaceMesh()]);
  return {
    async detect(images) {
      const looks = images.flatMap((image, picture) =>
        windows(image.width, image.height, { side: detectorSide, smallestFace })
          .map((window) => ({ picture, image, window }))
      );
      const detections = await inGroups(looks, async (group) => {
        const inputs = await Promise.all(group.map(detectorInput));
        const [scores, values] = await blazeFace.run(joined(inputs), inputs.length);
        const anchors = scores!.length / inputs.length;
        return group.flatMap(({ picture, window }, index) =>
          decodeDetections(
            scores!.subarray(anchors * index, anchors * (index + 1)),
            values!.subarray(16 * anchors * index, 16 * anchors * (index + 1)),
            decodeOptions,
          ).map((detection) => ({ picture, ...inPicture(detection, window) }))
        );
      });
      const candidates = images.flatMap((_, picture) =>
        withoutRepeats(detections.filter((detection) => detection.picture === picture), 0.4)
      );
      const faces = await inGroups(candidates, async (group) => {
        const squares = group.map(faceSquare);
        const views = group.map(({ picture }, index) =>
          meshInput(images[picture]!, squares[index]!)
        );
        const meshes = await meshesOf(views, squares, faceMesh);
        return group.map(({ picture, confidence }, index) => ({
          picture,
          ...faceFromMesh(meshes[index]!, confidence, views[index]!),
        }));
      });
      return images.map((_, picture) => {
        const ofPicture = faces.filter((face) =>
          face.picture === picture && face.confidence >= minimumMeshConfidence && isSpread(face)
        );
        return withoutRepeats(ofPicture, 0.4)
          .map(({ picture: _, ...face }) => face)
          .sort((a, b) => a.box[0] - b.box[0] || a.box[1] - b.box[1]);
      });
    },
  };
}

/** Eight at a time: as many as the networks take at once, and no more memory than they need. */
async function inGroups<Item, Result>(
  items: readonly Item[],
  work: (group: readonly Item[]) => Promise<Result[]>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += 8) {
    results.push(...await work(items.slice(start, start + 8)));
  }
  return results;
}

/** The surest of all boxes that overlap by more than `limit` (intersection over union). */
function withoutRepeats<Found extends { readonly box: Box; readonly confidence: number }>(
  found: readonly Found[],
  limit: number,
): Found[] {
  const kept: Found[] = [];
  for (const candidate of [...found].sort((a, b) => b.confidence - a.confidence)) {
    if (kept.every(({ box }) => overlap(box, candidate.box) < limit)) kept.push(candidate);
  }
  return kept;
}

/** False for a mesh that has collapsed: such a face cannot be levelled. */
function isSpread({ landmarks: { leftEye, rightEye } }: Face): boolean {
  return Math.hypot(rightEye[0] - leftEye[0], rightEye[1] - leftEye[1]) >= 2;
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

function faceFromMesh(mesh: Mesh, confidence: number, view: Float32Array): Face {
  return {
    box: meshBox(mesh),
    landmarks: meshLandmarks(mesh),
    ...meshAngles(mesh),
    confidence: Math.min(mesh.confidence, confidence),
    view,
  };
}

/** The square that the mesh network wants: half as large again as the box, turned with the eyes. */
function faceSquare({ box: [x, y, width, height], eyes: [left, right] }: Detection): Square {
  return {
    centre: [x + width / 2, y + height / 2],
    side: 1.5 * Math.max(width, height),
    angle: Math.atan2(right[1] - left[1], right[0] - left[0]),
  };
}

/** Where a window lies in the detector's input: scaled by one factor, in the middle. */
function placed([, , width, height]: Box) {
  const scale = detectorSide / Math.max(width, height);
  const [inputWidth, inputHeight] = [
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  ];
  return {
    inputWidth,
    inputHeight,
    left: Math.floor((detectorSide - inputWidth) / 2),
    top: Math.floor((detectorSide - inputHeight) / 2),
    // Rounding to whole pixels makes the two scales differ a little.
    scaleX: inputWidth / width,
    scaleY: inputHeight / height,
  };
}

/** From the detector's input back to the picture. */
function inPicture({ box, eyes, mouth, confidence }: Detection, window: Box): Detection {
  const { left, top, scaleX, scaleY } = placed(window);
  const back = ([x, y]: Point): Point => [
    window[0] + (x - left) / scaleX,
    window[1] + (y - top) / scaleY,
  ];
  const corner = back([box[0], box[1]]);
  return {
    confidence,
    box: [corner[0], corner[1], box[2] / scaleX, box[3] / scaleY],
    eyes: [back(eyes[0]), back(eyes[1])],
    mouth: back(mouth),
  };
}

/** A window in the middle of the detector's input, its shape kept, in [-1, 1]. */
async function detectorInput(
  { image, window }: { readonly image: RgbImage; readonly window: Box },
): Promise<Float32Array> {
  const [x, y, width, height] = window;
  const { inputWidth, inputHeight, left, top } = placed(window);
  const pixels = new Uint8Array(3 * width * height);
  for (let row = 0; row < height; row++) {
    const start = 3 * ((y + row) * image.width + x);
    pixels.set(image.data.subarray(start, start + 3 * width), 3 * width * row);
  }
  const small = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .resize(inputWidth, inputHeight, { fit: "fill", kernel: "linear" })
    .raw().toBuffer();
  const input = new Float32Array(detectorSide * detectorSide * 3);
  for (let row = 0; row < inputHeight; row++) {
    const target = 3 * ((top + row) * detectorSide + left);
    for (let at = 0; at < 3 * inputWidth; at++) {
      input[target + at] = small[3 * row * inputWidth + at]! / 127.5 - 1;
    }
  }
  return input;
}
