import type { RgbImage } from "../image/mod.ts";
import {
  distance,
  invertTransform,
  middle,
  type Point,
  type Square,
  squareTransform,
  type Transform,
  transformPoint,
} from "./geometry.ts";
import { joined, loadHumanGraph, type Network, network, sideBySide } from "./network.ts";
import { warp } from "./warp.ts";

/** Both eyes of a face in source pixels; left is the picture's left. */
export type EyePair = readonly [left: Point, right: Point];

/** Side of the eye network's input in pixels. */
const eyeSide = 64;
/** Points that the network gives an eye: the first 16 follow the lids, number 71 is the iris. */
const pointsOfEye = 76;
const lidPoints = 16;
const irisPoint = 71;

/** MediaPipe's iris network, for crops of one eye in [0, 1]. */
export async function loadEyeNet(): Promise<Network> {
  const compute = await loadHumanGraph("iris", ["Identity"]);
  return network({ side: eyeSide, batch: 16, compute });
}

/** Where the eye network should look: the corners of both eyes, in source pixels. */
export interface EyeCorners {
  readonly left: readonly [Point, Point];
  readonly right: readonly [Point, Point];
}

/** What {@linkcode findEyes} needs of a face. */
export interface EyeRequest {
  readonly image: RgbImage;
  readonly corners: EyeCorners;
  /** The line through both eyes, in radians. */
  readonly roll: number;
}

/**
 * Both eyes of each face, read from close by. The network was trained on eyes of one side: those of
 * the other it is shown mirrored. An eye is the mean of the middle of its lids and of its iris.
 */
export async function findEyes(
  requests: readonly EyeRequest[],
  eyeNet: Network,
): Promise<EyePair[]> {
  const looks = requests.flatMap(({ image, corners: { left, right }, roll }) => [
    { image, transform: squareTransform(eyeSquare(left, roll), eyeSide) },
    { image, transform: mirrored(squareTransform(eyeSquare(right, roll), eyeSide)) },
  ]);
  const room = sideBySide(looks.length, 3 * eyeSide * eyeSide);
  const views = looks.map(({ image, transform }, look) =>
    warp(image, transform, { size: eyeSide, kernel: "linear", white: 1, into: room[look]! })
  );
  const [points] = await eyeNet.run(joined(views), views.length);
  const eyes = looks.map(({ transform }, look) =>
    transformPoint(
      invertTransform(transform),
      middleOfEye(points!.subarray(3 * pointsOfEye * look)),
    )
  );
  return requests.map((_, face) => [eyes[2 * face]!, eyes[2 * face + 1]!]);
}

/**
 * The eyes of mesh and eye network in one. Along the line through both eyes their mean is steadier
 * than either, because a glance to the side takes the iris along; across it the eye network is.
 */
export function refinedEyes(mesh: EyePair, near: EyePair): EyePair {
  const [left, right] = near;
  const length = distance(left, right);
  const [x, y] = [(right[0] - left[0]) / length, (right[1] - left[1]) / length];
  const [first, second] = near.map((eye, side): Point => {
    const along = ((mesh[side]![0] - eye[0]) * x + (mesh[side]![1] - eye[1]) * y) / 2;
    return [eye[0] + along * x, eye[1] + along * y];
  });
  return [first!, second!];
}

/** The larger distance of an eye from where the other network sees it, in eye distances. */
export function disagreement(mesh: EyePair, near: EyePair): number {
  const larger = Math.max(distance(mesh[0], near[0]), distance(mesh[1], near[1]));
  return larger / distance(...mesh);
}

/** The square around an eye, 2.3 times as wide as the eye, as the network was trained. */
function eyeSquare([a, b]: readonly [Point, Point], angle: number): Square {
  return {
    centre: middle(a, b),
    side: Math.max(1, 2.3 * distance(a, b)),
    angle,
  };
}

function middleOfEye(points: Float32Array): Point {
  let [x, y] = [0, 0];
  for (let point = 0; point < lidPoints; point++) {
    x += points[3 * point]! / lidPoints;
    y += points[3 * point + 1]! / lidPoints;
  }
  return [(x + points[3 * irisPoint]!) / 2, (y + points[3 * irisPoint + 1]!) / 2];
}

/** Turns a crop of {@linkcode eyeSide} pixels left to right. */
function mirrored([a, b, c, d, e, f]: Transform): Transform {
  return [-a, b, -c, d, eyeSide - e, f];
}
