import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";
import { tf } from "../tfjs.ts";

/** A backend that gives and takes values at once. */
export interface SynchronousBackend {
  readSync(dataId: TensorInfo["dataId"]): Uint8Array;
  write(values: Uint8Array, shape: number[], dtype: DataType): TensorInfo["dataId"];
  disposeData(dataId: TensorInfo["dataId"], force?: boolean): boolean;
}

/** TensorFlow.js's backend in plain JavaScript, kept from advertising the C++ addon. */
export function plainJavaScript(): SynchronousBackend {
  const backend = tf.findBackend("cpu") as unknown as SynchronousBackend & { firstUse: boolean };
  backend.firstUse = false;
  return backend;
}
