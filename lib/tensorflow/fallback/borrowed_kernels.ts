import type {
  KernelConfig,
  NamedAttrMap,
  NamedTensorInfoMap,
  TensorInfo,
} from "@tensorflow/tfjs-core";
import { replaceKernel } from "../replace_kernel.ts";
import { tf } from "../tfjs.ts";
import { plainJavaScript, type SynchronousBackend } from "./plain_javascript.ts";

/**
 * Lets a backend run the kernels that it lacks in plain JavaScript: the inputs are copied to
 * TensorFlow.js's `cpu` backend and the outputs back. Slow, but what trains on one engine then
 * trains on all of them.
 */
export function borrowMissingKernels(backendName: string): void {
  const own = new Set(tf.getKernelsForBackend(backendName).map((kernel) => kernel.kernelName));
  for (const kernel of tf.getKernelsForBackend("cpu") as KernelConfig[]) {
    if (!own.has(kernel.kernelName)) tf.registerKernel(borrowed(kernel, backendName));
  }
}

/**
 * Lets a backend run one kernel in plain JavaScript where `when` says so, and its own otherwise:
 * for the few arguments that its own does not take.
 */
export function borrowKernel(
  kernelName: string,
  backendName: string,
  when: (inputs: NamedTensorInfoMap, attributes: NamedAttrMap) => boolean,
): void {
  const { kernelFunc: lent } = borrowed(tf.getKernel(kernelName, "cpu")!, backendName);
  replaceKernel(
    kernelName,
    backendName,
    (own) => (call) => (when(call.inputs, call.attrs ?? {}) ? lent : own)(call),
  );
}

function borrowed(kernel: KernelConfig, backendName: string): KernelConfig {
  return {
    kernelName: kernel.kernelName,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const lender = plainJavaScript();
      const borrower = backend as SynchronousBackend;
      const move = (info: TensorInfo, from: SynchronousBackend, to: SynchronousBackend) => ({
        ...info,
        dataId: to.write(from.readSync(info.dataId), info.shape, info.dtype),
      });
      const copies: TensorInfo[] = [];
      const copy = (info: TensorInfo) => {
        const copied = move(info, borrower, lender);
        copies.push(copied);
        return copied;
      };
      const isInfo = (value: unknown): value is TensorInfo =>
        typeof value === "object" && value !== null && "dataId" in value;
      const copiedInputs = Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [name, isInfo(value) ? copy(value) : value]),
      );
      const result = kernel.kernelFunc({
        inputs: copiedInputs as typeof inputs,
        attrs: attrs ?? {},
        backend: lender,
      });
      const outputs = [result].flat();
      const moved = outputs.map((output) => move(output, lender, borrower));
      for (const { dataId } of [...outputs, ...copies]) lender.disposeData(dataId, true);
      return Array.isArray(result) ? moved : moved[0]!;
    },
  };
}
