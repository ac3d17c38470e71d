import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../../tensorflow/mod.ts";
import { divergence, posterior, type Vae } from "./vae.ts";

/** Means of the codes of pictures, one row a picture; in parts of 100 so that memory stays small. */
export async function codeMeans({ encoder }: Vae, pictures: tfjs.Tensor4D): Promise<number[][]> {
  const outputs = encoder.predict(pictures, { batchSize: 100 }) as tfjs.Tensor2D[];
  const rows = await outputs[0]!.array();
  tf.dispose(outputs);
  return rows;
}

/**
 * Mean divergence in nats of each value of the code from N(0, 1): how much it says of a picture. A
 * value near 0 says nothing and is called inactive.
 */
export async function divergenceByValue(vae: Vae, pictures: tfjs.Tensor4D): Promise<number[]> {
  const nats = tf.tidy(() => divergence(posterior(vae, pictures)).mean(0));
  const values = [...await nats.data()];
  nats.dispose();
  return values;
}
