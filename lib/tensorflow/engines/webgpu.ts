import { requirePackage, tf } from "../tfjs.ts";
import type { Engine } from "./engine.ts";

/**
 * Starts TensorFlow.js on WebGPU; an error says why not. An adapter that only imitates a graphics
 * card on the processor is slower than WebAssembly, so it is taken only with `acceptSoftware`.
 */
export async function startWebGpu(
  options: { acceptSoftware?: boolean } = {},
): Promise<Engine> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw new Error("no WebGPU adapter answers");
  const { description, isFallbackAdapter } = adapter.info;
  if (isFallbackAdapter && !options.acceptSoftware) {
    throw new Error(`the only WebGPU adapter (${description}) is software`);
  }
  requirePackage("@tensorflow/tfjs-backend-webgpu");
  if (!(await tf.setBackend("webgpu"))) throw new Error(`WebGPU on ${description} does not start`);
  return {
    name: "webgpu",
    version: tf.version.tfjs,
    library: null,
    reason: `WebGPU on ${description}`,
  };
}
