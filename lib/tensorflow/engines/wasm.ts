import { dirname, join } from "node:path";
import { requirePackage, tf } from "../tfjs.ts";
import { registerConvolutionGradients } from "../fallback/convolution_gradients.ts";
import { borrowMissingKernels } from "../fallback/borrowed_kernels.ts";
import type { Engine } from "./engine.ts";

/** Starts TensorFlow.js on WebAssembly, with the kernels added that it lacks. */
export async function startWasm(): Promise<Engine> {
  const { setWasmPaths } = requirePackage("@tensorflow/tfjs-backend-wasm");
  const folder = dirname(requirePackage.resolve("@tensorflow/tfjs-backend-wasm"));
  setWasmPaths(join(folder, "/"));
  // The threaded build wants Web Workers as a browser or Node offers them.
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  if (!(await tf.setBackend("wasm"))) throw new Error("WebAssembly does not start");
  registerConvolutionGradients("wasm");
  borrowMissingKernels("wasm");
  return { name: "wasm", version: tf.version.tfjs, library: null, reason: "WebAssembly" };
}
