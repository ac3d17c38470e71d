/**
 * Faces: found, levelled, cut out, measured, judged and chosen. Two stages, {@linkcode normalize} and
 * {@linkcode judge}, and one decision, {@linkcode select}, all on the catalogue.
 *
 * @module
 */
export { type Agreement, agreement, type Answer, answerOf, wilsonInterval } from "./agreement.ts";
export { alikeGroups, distancesFromMean, mostAlike, type Pair } from "./alike.ts";
export { modelsDiffer, type PartShare, type Ranges, rangesBetween, sharesByPart } from "./audit.ts";
export {
  alignedCrop,
  alignEyes,
  type AlignOptions,
  type AlignPoints,
  alignTransform,
  type Eyes,
  eyesLevelTransform,
  ffhqTransform,
} from "./align.ts";
export { type Appearance, measureAppearance, measureAppearances } from "./appearance/appearance.ts";
export { type HeadParts, headParts } from "./appearance/head_parts.ts";
export { centreCrop } from "./centre_crop.ts";
export { type DetectorOptions, type Face, type FaceDetector, loadFaceDetector } from "./detect.ts";
export { eyeContrast } from "./eye_contrast.ts";
export type { HeadAngles, Landmarks } from "./facemesh.ts";
export { defaultGates, failedGate, type GateReason, type Gates, type Measured } from "./gates.ts";
export {
  type Box,
  invertTransform,
  overlap,
  type Point,
  similarity,
  type Square,
  squareTransform,
  type Transform,
  transformPoint,
} from "./geometry.ts";
export { identities } from "./identities.ts";
export { type MarkedFace, markFaces } from "./mark_faces.ts";
export { normalizationSettings, normalize, type NormalizeOptions } from "./normalize.ts";
export { measureQuality, type Quality } from "./quality.ts";
export { type EyeError, eyeError, type Match, matchTruth, type TrueFace } from "./truth.ts";
export { warp, warpImage, type WarpOptions } from "./warp.ts";
export {
  calibrated,
  type CalibrationOptions,
  fitPlatt,
  type LabelledScore,
  type Platt,
  platt,
  type Reliability,
  reliability,
  type ReliabilityBin,
} from "./gender/calibration.ts";
export { loadFaceApiGender } from "./gender/face_api.ts";
export type { GenderModel, Judgement } from "./gender/gender_model.ts";
export { loadHumanGender } from "./gender/human.ts";
export {
  type GenderModelOptions,
  loadGenderModels,
  loadUncalibratedModels,
} from "./gender/load_gender_models.ts";
export { modelViews } from "./gender/model_views.ts";
export { loadXceptionGender } from "./gender/xception.ts";
export { judge, type JudgeOptions } from "./judge.ts";
export {
  type Choice,
  choose,
  type ChooseOptions,
  embeddingOf,
  reasonAgainst,
  sameIdentity,
  select,
  type SelectionReason,
  type SelectionResult,
  type SelectOptions,
} from "./select.ts";
export { readCrop, type SelectedCrop, selectedCrops } from "./selected_crops.ts";
export { type Description, type FaceEmbedder } from "./embedding/embedder.ts";
export { loadFaceApiEmbedder } from "./embedding/face_api.ts";
export { findInCrops } from "./embedding/find_in_crops.ts";
export { loadHumanEmbedder } from "./embedding/human.ts";
export { exportFaces, type ExportOptions } from "./face_set/export_faces.ts";
export type { FaceSetRow } from "./face_set/face_set_row.ts";
export { type FaceSet, readFaceSet } from "./face_set/read_face_set.ts";
