import type { Landmarks } from "./facemesh.ts";
import type { Point, Square } from "./geometry.ts";

/** How {@linkcode levelledSquare} frames a face. */
export interface FrameOptions {
  /** Edge of the square as a multiple of the face's larger extent. */
  readonly side: number;
  /** How far the square's centre lies above the face's, as a share of that extent. */
  readonly up: number;
}

/**
 * A square around a face with its eyes on one level. The face's extent is forehead to chin or cheek
 * to cheek, whichever is larger, so that a turned or bowed head is framed at the same scale.
 */
export function levelledSquare(landmarks: Landmarks, { side, up }: FrameOptions): Square {
  const { leftEye, rightEye, forehead, chin, cheekLeft, cheekRight } = landmarks;
  const angle = Math.atan2(rightEye[1] - leftEye[1], rightEye[0] - leftEye[0]);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const across = ([x, y]: Point) => cosine * x + sine * y;
  const down = ([x, y]: Point) => cosine * y - sine * x;
  const extent = Math.max(
    down(chin) - down(forehead),
    across(cheekRight) - across(cheekLeft),
  );
  const x = (across(cheekLeft) + across(cheekRight)) / 2;
  const y = (down(forehead) + down(chin)) / 2 - up * extent;
  return { centre: [cosine * x - sine * y, sine * x + cosine * y], side: side * extent, angle };
}
