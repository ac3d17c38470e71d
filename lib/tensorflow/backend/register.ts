import nodeUtil from "node:util";
import type { DataType, KernelBackend, Tensor } from "@tensorflow/tfjs-core";
import type { Attribute } from "../c_library/attributes.ts";
import type { CLibrary } from "../c_library/open_library.ts";
import { requirePackage, tf } from "../tfjs.ts";
import { widenFewChannels } from "./few_channels.ts";
import { correctKernels } from "./kernel_corrections.ts";
import { Binding, type TensorMetadata } from "./binding.ts";
import { keepValuesOnKeys } from "./values_on_keys.ts";

/** tfjs-node's backend class, as far as it is used here. */
export interface NodeBackend extends KernelBackend {
  readonly binding: Binding;
  /**
   * The binding's number of a tensor, or -1 while its values wait to be handed over, and how many
   * tensors share it.
   */
  readonly tensorMap: {
    get(dataId: Tensor["dataId"]): { readonly id: number; readonly refCount: number };
  };
  getDTypeInteger(dtype: DataType): number;
  /** The binding's numbers of tensors, handing over values that wait for it. */
  getInputTensorIds(tensors: readonly Tensor[]): number[];
  /** A tensor for one of the binding. */
  createOutputTensor(metadata: TensorMetadata): Tensor;
  executeSingleOutput(name: string, attributes: Attribute[], inputs: readonly Tensor[]): Tensor;
  executeMultipleOutputs(
    name: string,
    attributes: Attribute[],
    inputs: readonly Tensor[],
    outputCount: number,
  ): Tensor[];
}

/**
 * Registers tfjs-node's kernels and backend under the name "tensorflow", over our binding. tfjs-node
 * itself is never loaded as a whole: its main file wants the C++ addon.
 */
export function registerBackend(c: CLibrary): NodeBackend {
  restoreRemovedUtilities();
  const { NodeJSKernelBackend } = requirePackage(
    "@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js",
  );
  requirePackage("@tensorflow/tfjs-node/dist/register_all_kernels.js");
  const backend: NodeBackend = new NodeJSKernelBackend(new Binding(c), "tensorflow");
  keepValuesOnKeys(backend);
  tf.registerBackend("tensorflow", () => backend, 3);
  correctKernels();
  widenFewChannels();
  registerFiles();
  return backend;
}

/** tfjs-node 4.22 calls functions of `node:util` that Node 23 and Deno no longer have. */
function restoreRemovedUtilities(): void {
  const util = nodeUtil as unknown as Record<string, unknown>;
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
}

/** Models are saved to and loaded from `file://` addresses, as with tfjs-node. */
function registerFiles(): void {
  const { nodeFileSystemRouter } = requirePackage("@tensorflow/tfjs-node/dist/io/file_system.js");
  tf.io.registerLoadRouter(nodeFileSystemRouter);
  tf.io.registerSaveRouter(nodeFileSystemRouter);
}
