import { openLibrary } from "./c_library/open_library.ts";
import { findLibrary } from "./c_library/find_library.ts";
import { type NodeBackend, registerBackend } from "./backend/register.ts";
import { tf } from "./tfjs.ts";

/** What the tensors of this process live and are computed in. */
export interface Engine {
  readonly name: "tensorflow" | "webgpu" | "wasm" | "cpu";
  /** Version of TensorFlow, or of the TensorFlow.js backend. */
  readonly version: string;
  /** Path of the C library, or null where none is used. */
  readonly library: string | null;
  /** Why this engine, in one line. */
  readonly reason: string;
}

const search = findLibrary();
export const backend: NodeBackend = registerBackend(openLibrary(search.path!));
await tf.setBackend("tensorflow");
await tf.ready();
export const engine: Engine = {
  name: "tensorflow",
  version: backend.binding.context.version,
  library: search.path,
  reason: `TensorFlow ${backend.binding.context.version}, found in ${search.explanation}`,
};

/** Tensors that TensorFlow holds for this process at this moment. */
export function liveHandles(): number {
  return backend.binding.handles.count;
}
