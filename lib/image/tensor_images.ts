import type { ImageLike, RgbImage } from "./rgb_image.ts";

/**
 * The pictures of a tensor.
 *
 * @param tensor float values in [0, 1], shape [count, height, width, channels] or
 * [height, width, channels] with 3 channels or 1 (grey); values outside are clipped.
 */
export async function imagesFromTensor(tensor: ImageLike): Promise<RgbImage[]> {
  const shape = tensor.shape.length === 3 ? [1, ...tensor.shape] : tensor.shape;
  const [count, height, width, channels] = shape;
  if (!count || !height || !width || (channels !== 3 && channels !== 1)) {
    throw new RangeError(
      `Expected a tensor of pictures [count, height, width, 3 or 1] but got [${tensor.shape}]`,
    );
  }
  const values = await tensor.data();
  const pixels = width * height;
  return Array.from({ length: count }, (_, image) => {
    const data = new Uint8Array(pixels * 3);
    for (let index = 0; index < data.length; index++) {
      const source = channels === 3 ? index : Math.floor(index / 3);
      const value = values[image * pixels * channels + source] ?? 0;
      data[index] = Math.round(255 * Math.min(1, Math.max(0, value)));
    }
    return { width, height, data };
  });
}

/**
 * Float values in [0, 1] of pictures of one size, ready for
 * `tf.tensor4d(values, [images.length, height, width, 3])`.
 */
export function tensorValues(images: readonly RgbImage[]): Float32Array {
  const first = images[0];
  if (!first) return new Float32Array();
  const size = first.data.length;
  const values = new Float32Array(images.length * size);
  images.forEach((image, position) => {
    if (image.width !== first.width || image.height !== first.height) {
      throw new RangeError(
        `Expected pictures of ${first.width} x ${first.height} but picture ${position} is ` +
          `${image.width} x ${image.height}`,
      );
    }
    for (let index = 0; index < size; index++) {
      values[position * size + index] = (image.data[index] ?? 0) / 255;
    }
  });
  return values;
}
