import type * as tfjs from "@tensorflow/tfjs";
import { imagesFromTensor, type RgbImage } from "../image/mod.ts";
import { type Autoencoder, encode, reconstruct } from "./autoencoder.ts";
import { generate } from "./generate.ts";

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
  return await generate(autoencoder.decoder, codes);
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
