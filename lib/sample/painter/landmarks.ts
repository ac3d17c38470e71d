import { type Camera, project, type Vector } from "./camera.ts";
import { lips } from "./face_layout.ts";
import type { Figure } from "./figure.ts";
import { earLobe } from "./ears.ts";

/** A place in the picture, in pixels from its top left corner. */
export type Point = readonly [x: number, y: number];

/** Where the parts of a face are; left and right are those of the image. */
export interface Landmarks {
  readonly leftEye: Point;
  readonly rightEye: Point;
  readonly noseTip: Point;
  readonly mouthLeft: Point;
  readonly mouthRight: Point;
  readonly chin: Point;
  readonly leftEar: Point;
  readonly rightEar: Point;
}

/** Projects the landmarks; `samples` is the number of samples along a pixel. */
export function landmarks(figure: Figure, samples: number): Landmarks {
  const { layout, head, camera } = figure;
  const at = (point: Vector): Point => toPixel(camera, head.point(point), samples);
  const [left, right] = layout.eyes;
  const corner = lips(layout.mouth, layout.mouth.halfWidth).innerUpper;
  const mouth = layout.mouth.halfWidth - 0.01;
  return {
    leftEye: at(onFace(figure, left.x, left.y + 0.008)),
    rightEye: at(onFace(figure, right.x, right.y + 0.008)),
    noseTip: at(noseTip(figure)),
    mouthLeft: at(onFace(figure, -mouth, corner)),
    mouthRight: at(onFace(figure, mouth, corner)),
    chin: at(onFace(figure, 0, layout.chinY + 0.03 - layout.drop)),
    leftEar: at(earLobe(layout, -1)),
    rightEar: at(earLobe(layout, 1)),
  };
}

/** The box round the face from the brows' top to the chin, as far as the picture goes. */
export function faceBox(
  figure: Figure,
  samples: number,
): [x: number, y: number, width: number, height: number] {
  const { layout, head, camera, headSurface: { points } } = figure;
  let left = Infinity;
  let right = -Infinity;
  let top = Infinity;
  let bottom = -Infinity;
  for (let index = 0; index < points.length; index += 9) {
    const y = points[index + 1]!;
    const z = points[index + 2]!;
    if (y > layout.brow.y + 0.25 || z < 0.15) continue;
    const [px, py] = toPixel(camera, head.point([points[index]!, y, z]), samples);
    left = Math.min(left, px);
    right = Math.max(right, px);
    top = Math.min(top, py);
    bottom = Math.max(bottom, py);
  }
  return [left, top, right - left, bottom - top];
}

function toPixel(camera: Camera, point: Vector, samples: number): Point {
  const [x, y] = project(camera, point);
  return [x / samples, y / samples];
}

/** The point of the face's front that lies at a place seen straight from ahead. */
function onFace({ headSurface: { points } }: Figure, x: number, y: number): Vector {
  let best = Infinity;
  let depth = 0;
  for (let index = 0; index < points.length; index += 3) {
    if (points[index + 2]! < 0.1) continue;
    const distance = (points[index]! - x) ** 2 + (points[index + 1]! - y) ** 2;
    if (distance < best) {
      best = distance;
      depth = points[index + 2]!;
    }
  }
  return [x, y, depth];
}

/** The front of the nose's ball: a little under its most forward point. */
function noseTip(figure: Figure): Vector {
  const { layout, headSurface: { points } } = figure;
  let y = 0;
  let depth = -Infinity;
  for (let index = 0; index < points.length; index += 3) {
    const height = points[index + 1]!;
    if (height < layout.nose.baseY - 0.1 || height > 0 || points[index + 2]! < depth) continue;
    y = height;
    depth = points[index + 2]!;
  }
  return onFace(figure, 0, y - 0.045);
}
