import type * as tfjs from "@tensorflow/tfjs";
import { type RgbImage, tensorValues } from "../image/mod.ts";
import { randomNumbers, shuffledOrder } from "../run/mod.ts";
import { tf } from "../tensorflow/mod.ts";
import { readCropImage } from "./read_crop_image.ts";

/** How {@linkcode faceBatches} goes through the crops. */
export interface FaceBatchOptions {
  /** Width and height that crops are resized to where they have another size. */
  readonly size: number;
  /** Faces in a batch; the last one of an epoch may have fewer. Default: 32. */
  readonly batchSize?: number;
  /** Epochs, each in an order of its own. Default: 1. */
  readonly epochs?: number;
  /** Seed of the orders and flips; null keeps the list's order. Default: 1. */
  readonly seed?: number | null;
  /** Mirrors half of the faces, other ones in every epoch. Default: false. */
  readonly flip?: boolean;
  /** Batches that are read ahead while the present one is used. Default: 2. */
  readonly ahead?: number;
}

/** Some faces of an epoch. */
export interface FaceBatch {
  /** [count, size, size, 3], values in [0, 1]. Whoever takes the batch disposes it. */
  readonly images: tfjs.Tensor4D;
  /** For each face its position in the list of crops. */
  readonly positions: readonly number[];
  /** From 0. */
  readonly epoch: number;
}

/**
 * Reads crops in batches, for sets that do not fit into memory: while one batch is trained on, the
 * next ones are decoded on other threads. Stopping early (`break`) leaves nothing behind.
 *
 * @param crops files or pictures
 * @throws Error where a file cannot be read, when its batch's turn comes
 */
export async function* faceBatches(
  crops: readonly (string | RgbImage)[],
  { size, batchSize = 32, epochs = 1, seed = 1, flip = false, ahead = 2 }: FaceBatchOptions,
): AsyncGenerator<FaceBatch> {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new RangeError(`Expected batchSize to be an integer above 0 but found ${batchSize}`);
  }
  const plan = planBatches(crops.length, { batchSize, epochs, seed, flip });
  const read = async ({ positions, flips }: PlannedBatch) => {
    const images = await Promise.all(
      positions.map(async (position, index) => {
        const image = await readCropImage(crops[position]!, size);
        return flips[index] ? mirrored(image) : image;
      }),
    );
    return tensorValues(images);
  };
  const started: { batch: PlannedBatch; values: Promise<Float32Array> }[] = [];
  for (;;) {
    while (started.length <= ahead) {
      const { value: batch } = plan.next();
      if (!batch) break;
      const values = read(batch);
      // Awaited in its turn; until then no error of it is "unhandled".
      values.catch(() => {});
      started.push({ batch, values });
    }
    const next = started.shift();
    if (!next) return;
    const { positions, epoch } = next.batch;
    const images = tf.tensor4d(await next.values, [positions.length, size, size, 3]);
    yield { images, positions, epoch };
  }
}

interface PlannedBatch {
  readonly epoch: number;
  readonly positions: readonly number[];
  readonly flips: readonly boolean[];
}

function* planBatches(
  count: number,
  { batchSize, epochs, seed, flip }: Required<Omit<FaceBatchOptions, "size" | "ahead">>,
): Generator<PlannedBatch, undefined> {
  const random = randomNumbers(seed ?? 0);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = seed === null
      ? Array.from({ length: count }, (_, position) => position)
      : shuffledOrder(count, Math.floor(random() * 2 ** 32));
    for (let start = 0; start < count; start += batchSize) {
      const positions = order.slice(start, start + batchSize);
      yield { epoch, positions, flips: positions.map(() => flip && random() < 0.5) };
    }
  }
}

function mirrored({ width, height, data }: RgbImage): RgbImage {
  const result = new Uint8Array(data.length);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [x, row] = [pixel % width, pixel - pixel % width];
    const from = 3 * (row + width - 1 - x);
    result.set(data.subarray(from, from + 3), 3 * pixel);
  }
  return { width, height, data: result };
}
