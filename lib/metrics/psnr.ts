import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../tensorflow/mod.ts";

/** Peak signal-to-noise ratio in decibels of a mean squared error over values in [0, 1]. */
export function psnrOfError(meanSquaredError: number): number {
  return -10 * Math.log10(meanSquaredError);
}

/**
 * Peak signal-to-noise ratio in decibels between pictures and their copies, from the mean squared
 * error over all of them: 20 dB is an error of 0.1 a value. Infinite where they are equal.
 *
 * @param originals values in [0, 1]
 * @param copies the same shape, or one that broadcasts to it
 */
export async function psnr(originals: tfjs.Tensor, copies: tfjs.Tensor): Promise<number> {
  const error = tf.tidy(() => originals.squaredDifference(copies).mean());
  const [value] = await error.data();
  error.dispose();
  return psnrOfError(value!);
}
