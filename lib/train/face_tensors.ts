import type * as tfjs from "@tensorflow/tfjs";
import { createHash } from "node:crypto";
import { type RgbImage, tensorValues } from "../image/mod.ts";
import { splitByGroup } from "../run/mod.ts";
import { tf } from "../tensorflow/mod.ts";
import { readCropImage } from "./read_crop_image.ts";

/** How crops become tensors. */
export interface FaceTensorOptions {
  /** Width and height that crops are resized to where they have another size. */
  readonly size: number;
  /** Number of crops held out from training. Default: a tenth, rounded. */
  readonly heldOut?: number;
  /**
   * Seed of the shuffle that decides which are held out; null keeps the order and holds out the
   * last. Default: 1.
   */
  readonly seed?: number | null;
  /**
   * For each crop the name or number of its group, usually who is on it: no group is both trained
   * on and held out, and fewer may be held out for that. Default: every crop is a group.
   */
  readonly groups?: readonly (string | number)[];
}

/** Faces to train on and faces to judge by. */
export interface FaceTensors {
  /** [count, size, size, 3], values in [0, 1]. */
  readonly training: tfjs.Tensor4D;
  readonly heldOut: tfjs.Tensor4D;
  /** For each face of `training`, its position in the list of crops. */
  readonly trainingPositions: readonly number[];
  readonly heldOutPositions: readonly number[];
  /** Checksum of all pixels and of the split: equal data has an equal fingerprint. */
  readonly fingerprint: string;
  /** Frees both tensors. */
  dispose(): void;
}

/**
 * Reads crops (files or pictures), resizes them, and splits them in two.
 *
 * @throws RangeError where fewer than two faces would be left to train on, or none is held out
 */
export async function faceTensors(
  crops: readonly (string | RgbImage)[],
  {
    size,
    heldOut = Math.round(crops.length / 10),
    seed = 1,
    groups = crops.map((_, position) => position),
  }: FaceTensorOptions,
): Promise<FaceTensors> {
  if (heldOut < 1 || crops.length - heldOut < 2) {
    throw new RangeError(
      `Expected at least 2 faces to train on and 1 to hold out but found ${crops.length} faces ` +
        `with ${heldOut} held out`,
    );
  }
  const split = splitByGroup(groups, { heldOut, seed });
  if (split.heldOut.length === 0) {
    throw new RangeError(
      `Expected a group of at most ${heldOut} faces to hold out: all are larger`,
    );
  }
  const images: RgbImage[] = [];
  for (const crop of crops) images.push(await readCropImage(crop, size));
  const hash = createHash("sha256");
  const tensor = (positions: readonly number[]) => {
    const chosen = positions.map((position) => images[position]!);
    hash.update(`${chosen.length} of ${size} x ${size};`);
    for (const { data } of chosen) hash.update(data);
    return tf.tensor4d(tensorValues(chosen), [chosen.length, size, size, 3]);
  };
  const training = tensor(split.training);
  const heldOutTensor = tensor(split.heldOut);
  return {
    training,
    heldOut: heldOutTensor,
    trainingPositions: split.training,
    heldOutPositions: split.heldOut,
    fingerprint: hash.digest("hex"),
    dispose: () => tf.dispose([training, heldOutTensor]),
  };
}
