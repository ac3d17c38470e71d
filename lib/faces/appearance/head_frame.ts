import type { Landmarks } from "../facemesh.ts";
import { lean, levelled, type Point } from "../geometry.ts";

/** The points that the frame of a face is made of, in pixels of the picture. */
export type FacePoints = Pick<
  Landmarks,
  "leftEye" | "rightEye" | "forehead" | "chin" | "cheekLeft" | "cheekRight"
>;

/** A place seen from the middle of a face, in units of the face's half width and half height. */
export interface HeadPlace {
  readonly across: number;
  readonly up: number;
  /** 1 on the ellipse through forehead, chin and cheeks. */
  readonly radius: number;
}

/** Places of a picture in the frame of a face, which may lean. */
export function headFrame(points: FacePoints): (place: Point) => HeadPlace {
  const { leftEye, rightEye, forehead, chin, cheekLeft, cheekRight } = points;
  const level = levelled(lean(leftEye, rightEye));
  const [left, right] = [level(cheekLeft), level(cheekRight)];
  const [top, bottom] = [level(forehead), level(chin)];
  const [middleX, middleY] = [(left[0] + right[0]) / 2, (top[1] + bottom[1]) / 2];
  const [halfWidth, halfHeight] = [(right[0] - left[0]) / 2, (bottom[1] - top[1]) / 2];
  return (place) => {
    const [x, y] = level(place);
    const across = (x - middleX) / halfWidth;
    const up = (middleY - y) / halfHeight;
    return { across, up, radius: Math.hypot(across, up) };
  };
}
