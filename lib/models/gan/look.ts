import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../../tensorflow/mod.ts";
import { codeSizeOf, type Gan } from "./gan.ts";

/** Mean scores of a discriminator: above 0 it takes pictures for real ones. */
export interface MeanScores {
  readonly training: number;
  readonly heldOut: number;
  readonly generated: number;
}

/**
 * What the discriminator thinks of faces that it was trained on, of real faces that it has never seen,
 * and of generated ones. Where the first two part, it has learned its faces by heart.
 *
 * @param options `count` pictures of each kind at most (default 100); `seed` of the generated ones
 */
export async function meanScores(
  { generator, discriminator }: Pick<Gan, "generator" | "discriminator">,
  faces: { readonly training: tfjs.Tensor4D; readonly heldOut: tfjs.Tensor4D },
  { count = 100, seed = 1 }: { readonly count?: number; readonly seed?: number } = {},
): Promise<MeanScores> {
  const means = tf.tidy(() => {
    const mean = (pictures: tfjs.Tensor4D) =>
      (discriminator.predict(pictures) as tfjs.Tensor2D).mean();
    const some = (pictures: tfjs.Tensor4D) =>
      tf.slice(pictures, 0, Math.min(count, pictures.shape[0]));
    const codes = tf.randomNormal([count, codeSizeOf({ generator })], 0, 1, "float32", seed);
    return tf.stack([
      mean(some(faces.training)),
      mean(some(faces.heldOut)),
      mean(generator.predict(codes) as tfjs.Tensor4D),
    ]);
  });
  const [training, heldOut, generated] = await means.data();
  means.dispose();
  return { training: training!, heldOut: heldOut!, generated: generated! };
}

/**
 * How different generated pictures are from each other: the variance of their pixels as a part of that
 * of real pictures. 1: as different as these; near 0: the generator has collapsed.
 */
export async function diversity(
  generated: tfjs.Tensor4D,
  real: tfjs.Tensor4D,
): Promise<number> {
  const ratio = tf.tidy(() => {
    const variance = (pictures: tfjs.Tensor4D) => pictures.sub(pictures.mean(0)).square().mean();
    return variance(generated).div(variance(real));
  });
  const [value] = await ratio.data();
  ratio.dispose();
  return value!;
}
