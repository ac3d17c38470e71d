import type { RgbImage } from "../image/mod.ts";
import type { EyeCorners } from "./eyes.ts";
import {
  type Box,
  invertTransform,
  lean,
  levelled,
  type Point,
  type Square,
  squareTransform,
  transformPoint,
} from "./geometry.ts";
import { loadHumanGraph, type Network, network } from "./network.ts";
import { warp } from "./warp.ts";

/** Side of the mesh network's input in pixels. */
export const meshSide = 192;

/** Points of the mesh in the source picture: x and y in its pixels, z in the same unit, x first. */
export interface Mesh {
  /** [468, 3]; z grows away from the camera. */
  readonly points: Float32Array;
  /** 0 to 1: how sure the network is that it was shown a face. */
  readonly confidence: number;
}

/** The named points that stages use. "Left" is the left side of the PICTURE. */
export type Landmarks = Readonly<
  Record<
    | "leftEye"
    | "rightEye"
    | "noseTip"
    | "mouthLeft"
    | "mouthRight"
    | "forehead"
    | "chin"
    | "cheekLeft"
    | "cheekRight",
    Point
  >
>;

/** MediaPipe's face mesh (468 points in three dimensions) for crops in [0, 1]. */
export async function loadFaceMesh(): Promise<Network> {
  // The third output, contours around eyes and lips, is not asked for and not computed.
  const compute = await loadHumanGraph("facemesh", ["Identity_1", "Identity_2"]);
  return network({ side: meshSide, batch: 8, compute });
}

/**
 * The mesh network's input for a face: the square that frames it, [192, 192, 3] in [0, 1].
 *
 * @param into where it goes
 */
export function meshInput(image: RgbImage, square: Square, into: Float32Array): Float32Array {
  const transform = squareTransform(square, meshSide);
  return warp(image, transform, { size: meshSide, kernel: "linear", white: 1, into });
}

/** Brings the network's points, in pixels of its input, back to the source picture. */
export function meshInPicture(raw: Float32Array, square: Square, confidence: number): Mesh {
  const back = invertTransform(squareTransform(square, meshSide));
  const scale = square.side / meshSide;
  const points = new Float32Array(raw.length);
  for (let at = 0; at < raw.length; at += 3) {
    const [x, y] = transformPoint(back, [raw[at]!, raw[at + 1]!]);
    points.set([x, y, scale * raw[at + 2]!], at);
  }
  return { points, confidence };
}

/** Both corners and two points of each lid: the six that the 68-point scheme gives an eye. */
const eyeLeft = [33, 160, 158, 133, 153, 144];
const eyeRight = [362, 385, 387, 263, 373, 380];

/** The named points of a mesh. An eye is the mean of six points around it, as in imutils. */
export function meshLandmarks({ points }: Mesh): Landmarks {
  const mean = (...indices: number[]): Point => {
    const sum = (axis: number) => indices.reduce((total, at) => total + points[3 * at + axis]!, 0);
    return [sum(0) / indices.length, sum(1) / indices.length];
  };
  return {
    leftEye: mean(...eyeLeft),
    rightEye: mean(...eyeRight),
    noseTip: mean(1),
    mouthLeft: mean(61),
    mouthRight: mean(291),
    forehead: mean(10),
    chin: mean(152),
    cheekLeft: mean(234),
    cheekRight: mean(454),
  };
}

/** The two corners of each eye, where a mesh has them. */
export function meshEyeCorners({ points }: Mesh): EyeCorners {
  const at = (index: number): Point => [points[3 * index]!, points[3 * index + 1]!];
  return { left: [at(33), at(133)], right: [at(362), at(263)] };
}

/** The smallest box around a mesh: forehead to chin, cheek to cheek. */
export function meshBox({ points }: Mesh): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < points.length; at += 3) {
    left = Math.min(left, points[at]!);
    right = Math.max(right, points[at]!);
    top = Math.min(top, points[at + 1]!);
    bottom = Math.max(bottom, points[at + 1]!);
  }
  return [left, top, right - left, bottom - top];
}

/** Which way a head is turned, in radians. */
export interface HeadAngles {
  /** Positive: the face turns towards the picture's right. */
  readonly yaw: number;
  /** Positive: the face looks up. */
  readonly pitch: number;
  /** Positive: the head leans clockwise as seen in the picture; zero: both eyes on one level. */
  readonly roll: number;
}

/**
 * Angles from the mesh in three dimensions: yaw and pitch from the lines cheek to cheek and
 * forehead to chin, in the frame of the leaning head; roll from the line through the eyes.
 */
export function meshAngles(mesh: Mesh): HeadAngles {
  const { leftEye, rightEye } = meshLandmarks(mesh);
  const roll = lean(leftEye, rightEye);
  const level = levelled(roll);
  const line = (from: number, to: number) => {
    const [x, y, z] = [0, 1, 2].map((axis) =>
      mesh.points[3 * to + axis]! - mesh.points[3 * from + axis]!
    ) as [number, number, number];
    return [...level([x, y]), z] as const;
  };
  const across = line(234, 454);
  const down = line(10, 152);
  return {
    yaw: Math.atan2(across[2], across[0]),
    pitch: Math.atan2(-down[2], down[1]),
    roll,
  };
}
