import type { Tensor } from "@tensorflow/tfjs-core";
import type { NodeBackend } from "../backend/register.ts";
import type { Recording } from "./recording.ts";
import type { Source } from "./trace.ts";

/** A tensor without values, of another one's shape and type. */
export function symbolLike(
  backend: NodeBackend,
  recording: Recording<Source>,
  tensor: Tensor,
  source: Source,
): Tensor {
  const dtype = backend.getDTypeInteger(tensor.dtype);
  return backend.createOutputTensor(recording.symbol(dtype, tensor.shape, source));
}
