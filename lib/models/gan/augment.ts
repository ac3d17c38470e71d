import type * as tfjs from "@tensorflow/tfjs";
import { type SeededRandom, tf } from "../../tensorflow/mod.ts";

/** Which kinds of changes are made to pictures. */
export interface Augmentation {
  /** Brightness, saturation and contrast. */
  readonly color?: boolean;
  /** Moves by up to an eighth of the width and height, black where nothing comes in. */
  readonly translation?: boolean;
  /** A grey square of half the width at a random place. */
  readonly cutout?: boolean;
}

/** A change of pictures: drawn once, applied to as many batches as are to be changed alike. */
export type Change = (pictures: tfjs.Tensor4D) => tfjs.Tensor4D;

/**
 * DiffAugment (Zhao et al., "Differentiable augmentation for data-efficient GAN training", arXiv
 * 2006.10738): what the discriminator sees, real or not, is changed at random, by operations that the
 * generator's gradient passes through. With few pictures it cannot learn them by heart, and the
 * changes do not leak into what is generated because both sides are changed.
 *
 * @param random each picture of each batch is changed in a way of its own
 */
export function augment(
  pictures: tfjs.Tensor4D,
  random: SeededRandom,
  { color = true, translation = true, cutout = true }: Augmentation = {},
): tfjs.Tensor4D {
  return tf.tidy(() => {
    let changed = pictures;
    if (color) changed = changeColor(changed, random);
    if (translation) changed = translate(changed, random, 1 / 8);
    if (cutout) changed = cutOut(changed, random, 1 / 2);
    return changed;
  });
}

function changeColor(pictures: tfjs.Tensor4D, random: SeededRandom): tfjs.Tensor4D {
  const each = [pictures.shape[0], 1, 1, 1];
  const bright = pictures.add(random.uniform(each, -0.25, 0.25));
  const grey = bright.mean(3, true);
  const saturated = bright.sub(grey).mul(random.uniform(each, 0, 2)).add(grey);
  const mean = saturated.mean([1, 2, 3], true);
  return saturated.sub(mean).mul(random.uniform(each, 0.5, 1.5)).add<tfjs.Tensor4D>(mean);
}

/**
 * Moves rows, then columns, each by a multiplication with a matrix of zeros and ones: gathering would
 * be the plain way, but has no gradient in TensorFlow.js.
 */
function translate(pictures: tfjs.Tensor4D, random: SeededRandom, part: number): tfjs.Tensor4D {
  const [count, height, width, channels] = pictures.shape;
  const shift = (length: number) => {
    const most = Math.round(length * part);
    const steps = random.uniform([count, 1, 1], -most, most).round();
    const places = tf.range(0, length);
    const from = places.reshape([1, length, 1]).add(steps);
    return from.equal(places.reshape([1, 1, length])).cast("float32");
  };
  const rowsMoved = tf.matMul(shift(height), pictures.reshape([count, height, width * channels]));
  const turned = rowsMoved.reshape<tfjs.Tensor4D>([count, height, width, channels])
    .transpose([0, 2, 1, 3]).reshape([count, width, height * channels]);
  return tf.matMul(shift(width), turned)
    .reshape<tfjs.Tensor4D>([count, width, height, channels]).transpose([0, 2, 1, 3]);
}

function cutOut(pictures: tfjs.Tensor4D, random: SeededRandom, part: number): tfjs.Tensor4D {
  const [count, height, width] = pictures.shape;
  const inside = (length: number, shape: number[]) => {
    const centre = random.uniform([count, 1, 1, 1], 0, length).floor();
    const distance = tf.range(0, length).reshape(shape).sub(centre);
    return distance.abs().lessEqual(length * part / 2).cast("float32");
  };
  const hole = inside(height, [1, height, 1, 1]).mul(inside(width, [1, 1, width, 1]));
  return pictures.mul<tfjs.Tensor4D>(tf.sub(1, hole)).add(hole.mul(0.5));
}
