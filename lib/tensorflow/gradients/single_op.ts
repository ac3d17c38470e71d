import type { NamedAttrMap, NamedTensorMap, Tensor } from "@tensorflow/tfjs-core";
import type { NodeBackend } from "../backend/register.ts";
import type { Attribute } from "../c_library/attributes.ts";
import { tf } from "../tfjs.ts";

/**
 * Makes a TensorFlow op a kernel: inputs in the op's own order, their type as `T`.
 *
 * @param outputCount outputs of the op; the kernel of an op with one gives a tensor, not a list
 */
export function registerOp(
  name: string,
  inputNames: readonly string[],
  attributesOf: (
    backend: NodeBackend,
    attributes: NamedAttrMap,
    inputs: NamedTensorMap,
  ) => Attribute[] = () => [],
  outputCount = 1,
): void {
  tf.registerKernel({
    kernelName: name,
    backendName: "tensorflow",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const engine = backend as NodeBackend;
      const tensors = inputNames.map((input) => inputs[input] as Tensor);
      const type = engine.getDTypeInteger(tensors[0]!.dtype);
      const attributes = [
        { name: "T", type: engine.binding.TF_ATTR_TYPE, value: type },
        ...attributesOf(engine, attrs ?? {}, inputs as NamedTensorMap),
      ];
      return outputCount === 1
        ? engine.executeSingleOutput(name, attributes, tensors)
        : engine.executeMultipleOutputs(name, attributes, tensors, outputCount);
    },
  });
}
