import { createRequire } from "node:module";
import type * as TensorFlowJs from "@tensorflow/tfjs";

/** `require` as this folder sees the installed packages. */
export const requirePackage: NodeJS.Require = createRequire(import.meta.url);

/**
 * TensorFlow.js, all of it, not yet on any engine. Loaded by `require`, because every package that
 * builds on it does the same, and there must be one copy of tfjs-core only.
 */
export const tf: typeof TensorFlowJs = requirePackage("@tensorflow/tfjs");
