import type * as tfjs from "@tensorflow/tfjs";
import { imagesFromTensor, type RgbImage } from "../image/mod.ts";
import { randomNumbers } from "../run/mod.ts";
import { tf } from "../tensorflow/mod.ts";

/** Pictures that a net makes of codes, one row of numbers a code; in parts, so that memory stays small. */
export async function generate(
  generator: tfjs.LayersModel,
  codes: readonly (readonly number[])[],
): Promise<RgbImage[]> {
  const images: RgbImage[] = [];
  for (let start = 0; start < codes.length; start += 100) {
    const part = codes.slice(start, start + 100).map((code) => [...code]);
    const pictures = tf.tidy(() =>
      (generator.predict(tf.tensor2d(part)) as tfjs.Tensor4D).clipByValue<tfjs.Tensor4D>(0, 1)
    );
    images.push(...await imagesFromTensor(pictures));
    pictures.dispose();
  }
  return images;
}

/** Codes drawn from N(0, I). */
export function randomCodes(count: number, codeSize: number, seed: number): number[][] {
  const normal = normalNumbers(seed);
  return Array.from({ length: count }, () => Array.from({ length: codeSize }, normal));
}

/** A stream of numbers drawn from N(0, 1) (Box and Muller, 1958). */
export function normalNumbers(seed: number): () => number {
  const random = randomNumbers(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
