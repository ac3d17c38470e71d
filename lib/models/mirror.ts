import type * as tfjs from "@tensorflow/tfjs";
import { type SeededRandom, tf } from "../tensorflow/mod.ts";

/** Mirrors each picture left to right, or not, by the toss of a coin. */
export function mirror(pictures: tfjs.Tensor4D, random: SeededRandom): tfjs.Tensor4D {
  return tf.tidy(() => {
    const isMirrored = random.uniform([pictures.shape[0], 1, 1, 1]).greater(0.5).cast("float32");
    const difference = tf.reverse(pictures, 2).sub(pictures);
    return pictures.add<tfjs.Tensor4D>(difference.mul(isMirrored));
  });
}
