import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../tensorflow/mod.ts";
import { type Autoencoder, encode } from "./autoencoder.ts";

/** How long to search. */
export interface SearchOptions {
  /** Default: 80. */
  readonly steps?: number;
  /** Learning rate of Adam, which moves the codes before tanh. Default: 0.05. */
  readonly learningRate?: number;
}

/**
 * Codes [count, codeSize] in [-1, 1] whose decoded pictures are nearer to the given ones than those
 * of the encoder's codes: from there each slides downhill on the decoder's squared error, the nets
 * as they are. What is gained is what the encoder has lost.
 */
export function searchCodes(
  autoencoder: Autoencoder,
  pictures: tfjs.Tensor4D,
  { steps = 80, learningRate = 0.05 }: SearchOptions = {},
): tfjs.Tensor2D {
  const linearCodes = tf.tidy(() =>
    // Next to the square's edge tanh is flat, and nothing would slide.
    tf.variable(tf.atanh(tf.clipByValue(encode(autoencoder, pictures), -0.99, 0.99)))
  );
  const optimizer = tf.train.adam(learningRate);
  // Added up over the pictures: how far one slides does not depend on how many there are.
  const error = () =>
    (autoencoder.decoder.apply(linearCodes.tanh()) as tfjs.Tensor4D)
      .squaredDifference(pictures).mean([1, 2, 3]).sum<tfjs.Scalar>();
  for (let step = 0; step < steps; step++) optimizer.minimize(error, false, [linearCodes]);
  const codes = linearCodes.tanh<tfjs.Tensor2D>();
  linearCodes.dispose();
  optimizer.dispose();
  return codes;
}
