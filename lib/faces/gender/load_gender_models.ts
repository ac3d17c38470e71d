import { calibrated } from "./calibration.ts";
import { loadFaceApiGender } from "./face_api.ts";
import type { GenderModel } from "./gender_model.ts";
import { loadHumanGender } from "./human.ts";
import { loadXceptionGender } from "./xception.ts";

/** Which models are loaded beside `human` and `faceApi`. */
export interface GenderModelOptions {
  /**
   * Path or address of `gender_mini_XCEPTION.21-0.95.hdf5`, the post's own network, as a third
   * model. Default: null, none; it does not come with the project.
   */
  readonly xception?: string | URL | null;
}

/** The models whose answers are compared: `human`, `faceApi` and, where it is to be had, `xception`. */
export async function loadGenderModels(options: GenderModelOptions = {}): Promise<GenderModel[]> {
  return (await loadUncalibratedModels(options)).map((model) => calibrated(model));
}

/** The same models with their networks' own scores, for calibration. */
export async function loadUncalibratedModels(
  { xception = null }: GenderModelOptions = {},
): Promise<GenderModel[]> {
  return await Promise.all([
    loadHumanGender(),
    loadFaceApiGender(),
    ...(xception ? [loadXceptionGender(xception)] : []),
  ]);
}
