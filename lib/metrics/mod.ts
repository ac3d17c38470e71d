/**
 * Measures: how well pictures come back, what the simplest models reach, what a code knows, how good
 * generated faces are.
 *
 * @module
 */
export { type AttributeDirection, attributeDirection } from "./attribute_direction.ts";
export { type Authenticity, authenticity } from "./authenticity.ts";
export { type CodeSpread, codeSpread } from "./code_spread.ts";
export {
  type EmbeddedQuality,
  type Embedder,
  type FaceJudge,
  faceJudge,
  type FaceJudgeOptions,
  type FaceQuality,
} from "./face_judge.ts";
export type { Points } from "./gram.ts";
export { type KernelDistance, kernelDistance } from "./kernel_distance.ts";
export { type Neighbourhoods, neighbourhoods } from "./neighbourhoods.ts";
export { mutualInformationGap, sap } from "./disentanglement.ts";
export { isotonicRegression } from "./isotonic.ts";
export { type PrincipalComponents, principalComponents } from "./principal_components.ts";
export {
  cubicProbe,
  linearProbe,
  monotoneProbe,
  type ProbeData,
  type ProbeOptions,
  type ProbeResult,
  r2,
} from "./probe.ts";
export { psnr, psnrOfError } from "./psnr.ts";
export { qualityMeasures, qualityRows } from "./quality_table.ts";
export { standardization } from "./standardized.ts";
export { type Eigen, symmetricEigen } from "./symmetric_eigen.ts";
export { ssim } from "./ssim.ts";
