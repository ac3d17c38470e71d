import { type NodeBackend, registerBackend } from "../backend/register.ts";
import { findLibrary } from "../c_library/find_library.ts";
import { openLibrary } from "../c_library/open_library.ts";
import { tf } from "../tfjs.ts";
import type { Engine } from "./engine.ts";

/** Starts TensorFlow's C library; an error says why it cannot be had. */
export async function startTensorFlow(): Promise<{ engine: Engine; backend: NodeBackend }> {
  const { path, explanation } = findLibrary();
  if (path === null) throw new Error(explanation);
  const backend = registerBackend(openLibrary(path));
  await tf.setBackend("tensorflow");
  const { version } = backend.binding.context;
  const device = backend.binding.isUsingGpuDevice() ? ", on its GPU" : "";
  const reason = `TensorFlow ${version}${device}: its C library is in ${explanation}`;
  return { engine: { name: "tensorflow", version, library: path, reason }, backend };
}
