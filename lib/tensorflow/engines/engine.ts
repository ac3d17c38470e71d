/** What the tensors of this process live and are computed in. */
export interface Engine {
  readonly name: EngineName;
  /** Version of TensorFlow, or of the TensorFlow.js backend. */
  readonly version: string;
  /** Path of TensorFlow's C library, or null where none is used. */
  readonly library: string | null;
  /** Why this engine, in one line. */
  readonly reason: string;
}

export const engineNames = ["tensorflow", "webgpu", "wasm", "cpu"] as const;

export type EngineName = typeof engineNames[number];
