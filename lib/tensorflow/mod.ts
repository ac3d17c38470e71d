/**
 * TensorFlow.js on TensorFlow's own C library: `tf` is the whole `@tensorflow/tfjs` namespace, ready
 * to use on the best engine of this machine.
 *
 * @module
 */
export { engine, liveHandles } from "./engine.ts";
export type { Engine, EngineName } from "./engines/engine.ts";
export { tf } from "./tfjs.ts";
export { requireOnEngine } from "./require_on_engine.ts";
export { compile, type Compiled, type CompileOptions } from "./compile/compile.ts";
export { randomSeeds, type SeededRandom, seededRandom } from "./compile/seeded_random.ts";
export { TraceError } from "./compile/trace_error.ts";
export { compileModel } from "./compile/compile_model.ts";
export { type AdamSettings, type AdamState, applyAdam } from "./training/apply_adam.ts";
