import type { KernelFunc } from "@tensorflow/tfjs-core";
import { tf } from "./tfjs.ts";

/** Puts another kernel in the place of a backend's own, which the new one may still call. */
export function replaceKernel(
  kernelName: string,
  backendName: string,
  replacement: (own: KernelFunc) => KernelFunc,
): void {
  const { kernelFunc } = tf.getKernel(kernelName, backendName)!;
  tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel({ kernelName, backendName, kernelFunc: replacement(kernelFunc) });
}
