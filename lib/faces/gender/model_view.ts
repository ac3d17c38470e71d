import type { RgbImage } from "../../image/mod.ts";
import type { Landmarks } from "../facemesh.ts";
import { squareTransform } from "../geometry.ts";
import { warp } from "../warp.ts";
import type { GenderModel } from "./gender_model.ts";

/**
 * A face as a model wants to see it.
 *
 * @returns RGB values in [0, 255], [side, side, 3], in the model's framing
 */
export function modelView(
  model: GenderModel,
  { image, landmarks }: { readonly image: RgbImage; readonly landmarks: Landmarks },
): Float32Array {
  const transform = squareTransform(model.frame(landmarks), model.side);
  return warp(image, transform, { size: model.side, kernel: "linear" });
}
