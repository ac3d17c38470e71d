import type { EngineName } from "../engines/engine.ts";
import { registerActivationOps } from "./activations.ts";
import { registerAveragePoolingGradient } from "./average_pooling.ts";
import { completeBatchNormalization } from "./complete_batch_normalization.ts";
import { registerConvolutionGradients } from "./convolutions.ts";
import { registerExponentialUnitGradient } from "./exponential_unit.ts";
import { fuseBatchNormalization } from "./fused_batch_normalization.ts";
import { registerMaximumPoolingOp } from "./maximum_pooling.ts";
import { registerPiecewiseConstants } from "./piecewise_constant.ts";
import { registerDepthToSpaceGradient, registerMirrorPadGradient } from "./rearranging.ts";
import { registerResizeKernels } from "./resize_kernels.ts";
import { registerResizeMatrices, registerResizeOps } from "./resizing.ts";
import { mendTape } from "./tape.ts";

/**
 * Makes gradients, and gradients of gradients, right where TensorFlow.js's are wrong or missing.
 * What then still has none is an error when it is asked for.
 */
export function registerGradients(engine: EngineName): void {
  mendTape();
  completeBatchNormalization();
  registerPiecewiseConstants();
  registerConvolutionGradients();
  registerAveragePoolingGradient();
  registerMirrorPadGradient();
  registerDepthToSpaceGradient();
  if (engine === "tensorflow") {
    registerActivationOps();
    fuseBatchNormalization();
    registerMaximumPoolingOp();
    registerResizeKernels();
    registerResizeOps();
  } else {
    registerExponentialUnitGradient();
    registerResizeMatrices();
  }
}
