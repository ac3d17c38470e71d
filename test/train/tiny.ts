import type * as tfjs from "@tensorflow/tfjs";
import {
  type Autoencoder,
  autoencoderObjective,
  buildAutoencoder,
  faceStatistics,
} from "../../lib/models/mod.ts";
import { gradientTraining, type Training } from "../../lib/train/mod.ts";
import { tf } from "../../lib/tensorflow/mod.ts";

/** Pictures of 16 x 16 with two factors: how bright the left half is, and how red the whole. */
export function tinyPictures(count: number, seed = 1): tfjs.Tensor4D {
  return tf.tidy(() => {
    const left = tf.randomUniform([count, 1, 1, 1], 0, 0.5, "float32", seed);
    const red = tf.randomUniform([count, 1, 1, 1], 0, 0.4, "float32", seed + 1);
    const leftHalf = tf.concat([tf.ones([1, 16, 8, 3]), tf.zeros([1, 16, 8, 3])], 2);
    const redPlane = tf.tensor4d([1, 0, 0], [1, 1, 1, 3]);
    return leftHalf.mul(left).add(redPlane.mul(red)).add(0.05) as tfjs.Tensor4D;
  });
}

interface TinyTraining {
  readonly pictures: { readonly training: tfjs.Tensor4D; readonly heldOut: tfjs.Tensor4D };
  readonly autoencoder: Autoencoder;
  readonly training: Training;
  dispose(): void;
}

/** A small net on tiny pictures, with everything needed to train it. */
export async function tinyTraining(seed = 1, codeSize = 2): Promise<TinyTraining> {
  const pictures = { training: tinyPictures(40), heldOut: tinyPictures(12, 100) };
  const statistics = await faceStatistics(pictures.training);
  const autoencoder = buildAutoencoder({
    size: 16,
    statistics,
    seed,
    codeSize,
    filters: [4, 4, 8, 8],
    hidden: 16,
  });
  // These pictures are brighter on one side or the other: mirrored, they would be other ones.
  const objective = autoencoderObjective(autoencoder, {
    deviation: statistics.deviation,
    mirrored: false,
  });
  const training = gradientTraining(objective);
  return {
    pictures,
    autoencoder,
    training,
    dispose() {
      training.dispose();
      autoencoder.encoder.dispose();
      autoencoder.decoder.dispose();
      tf.dispose(Object.values(pictures));
    },
  };
}

/** Every number of the state, in one string that differs if any bit does. */
export async function stateBits(state: ReadonlyMap<string, tfjs.Variable>): Promise<string> {
  const parts: string[] = [];
  for (const [name, variable] of state) {
    const values = await variable.data<"float32">();
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    parts.push(`${name}:${bytes.toHex()}`);
  }
  return parts.join("\n");
}
