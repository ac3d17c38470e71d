import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../../tensorflow/mod.ts";
import { divergence, posterior, type Vae } from "./vae.ts";

/** Means of the codes of pictures, one row a picture. */
export async function codeMeans(vae: Vae, pictures: tfjs.Tensor4D): Promise<number[][]> {
  const rows: number[][] = [];
  for (let start = 0; start < pictures.shape[0]; start += 100) {
    const count = Math.min(100, pictures.shape[0] - start);
    const mean = tf.tidy(() => posterior(vae, tf.slice(pictures, start, count)).mean);
    rows.push(...await mean.array());
    mean.dispose();
  }
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
