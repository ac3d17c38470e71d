import type { RgbImage } from "../../image/mod.ts";
import type { Landmarks } from "../facemesh.ts";
import { squareTransform } from "../geometry.ts";
import { sideBySide } from "../network.ts";
import { warp } from "../warp.ts";
import type { GenderModel } from "./gender_model.ts";

/**
 * Faces as a model wants to see them.
 *
 * @returns RGB values in [0, 255], [side, side, 3] each, in the model's framing
 */
export function modelViews(
  model: GenderModel,
  faces: readonly { readonly image: RgbImage; readonly landmarks: Landmarks }[],
): Float32Array[] {
  const { side } = model;
  const room = sideBySide(faces.length, 3 * side * side);
  return faces.map(({ image, landmarks }, index) => {
    const transform = squareTransform(model.frame(landmarks), side);
    return warp(image, transform, { size: side, kernel: "linear", into: room[index]! });
  });
}
