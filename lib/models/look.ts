import type * as tfjs from "@tensorflow/tfjs";
import { imagesFromTensor, type RgbImage } from "../image/mod.ts";
import { tf } from "../tensorflow/mod.ts";
import { type Autoencoder, decode, encode, reconstruct } from "./autoencoder.ts";

/** The codes of pictures [count, size, size, 3] as plain numbers, one row a picture. */
export async function codesOf(
  autoencoder: Autoencoder,
  pictures: tfjs.Tensor4D,
): Promise<number[][]> {
  const codes = encode(autoencoder, pictures);
  const rows = await codes.array();
  codes.dispose();
  return rows;
}

/** The faces that a decoder makes of codes. */
export async function facesAt(
  autoencoder: Autoencoder,
  codes: readonly (readonly number[])[],
): Promise<RgbImage[]> {
  const input = tf.tensor2d(codes.map((code) => [...code]));
  const pictures = decode(autoencoder, input);
  const images = await imagesFromTensor(pictures);
  tf.dispose([input, pictures]);
  return images;
}

/** What comes back of pictures that are squeezed through the bottleneck. */
export async function copiesOf(
  autoencoder: Autoencoder,
  pictures: tfjs.Tensor4D,
): Promise<RgbImage[]> {
  const copies = reconstruct(autoencoder, pictures);
  const images = await imagesFromTensor(copies);
  copies.dispose();
  return images;
}
