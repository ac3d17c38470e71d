import type { Landmarks } from "./facemesh.ts";
import { lean, levelled, type Square } from "./geometry.ts";

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
  const angle = lean(leftEye, rightEye);
  const level = levelled(angle);
  const [left, right] = [level(cheekLeft), level(cheekRight)];
  const [top, bottom] = [level(forehead), level(chin)];
  const extent = Math.max(bottom[1] - top[1], right[0] - left[0]);
  const [x, y] = [(left[0] + right[0]) / 2, (top[1] + bottom[1]) / 2 - up * extent];
  return { centre: levelled(-angle)([x, y]), side: side * extent, angle };
}
