import type * as tfjs from "@tensorflow/tfjs";
import { setImmediate } from "node:timers/promises";
import { type Progress, shuffledOrder } from "../run/mod.ts";
import { randomSeeds, tf } from "../tensorflow/mod.ts";
import { readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import type { Training } from "./training.ts";

/** How long and how fast to train, and where to keep the state. */
export interface TrainOptions {
  /** Times that every picture is seen. */
  readonly epochs: number;
  /** Pictures in a step; what is left over at an epoch's end waits for the next shuffle. Default: 32. */
  readonly batchSize?: number;
  /** Learning rate at the start; it falls to 0 along a half cosine. Default: 0.001. */
  readonly learningRate?: number;
  /** Seed of the order of the pictures and of the noise. Default: 1. */
  readonly seed?: number;
  /** File that the whole state is written to, after every epoch and at a stop. Default: none. */
  readonly checkpoint?: string;
  /**
   * Whatever else decides the result: fingerprint of the data, parameters of the net. A checkpoint
   * that was made under other settings is not continued but replaced.
   */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Further numbers of the net as it is after an epoch, for the history. Default: none. */
  readonly measure?: (epoch: number) => Promise<Readonly<Record<string, number>>>;
}

/** Mean errors of one epoch. */
export interface EpochErrors {
  /** Number of the epoch, from 1. */
  readonly epoch: number;
  /** Mean error of the epoch's steps. */
  readonly loss: number;
  /** Error on the pictures held out, after the epoch. */
  readonly heldOut: number;
  /** What `measure` gave. */
  readonly measures: Readonly<Record<string, number>>;
}

/** One report of training. */
export interface TrainingProgress extends Progress {
  /** Epochs finished. */
  readonly epoch: number;
  /** Mean error so far in the running epoch, or of the epoch just finished; NaN before any step. */
  readonly loss: number;
  /** Error on the pictures held out, after the last finished epoch; NaN before the first. */
  readonly heldOut: number;
  /** Every epoch finished so far, those of an interrupted run included. */
  readonly history: readonly EpochErrors[];
  /** Seconds of training so far, those of interrupted runs included. */
  readonly trainedSeconds: number;
  /** True at the end of an epoch, and where training was already complete. */
  readonly epochFinished: boolean;
}

/** Where training stands: with the variables, all that decides what follows. */
interface Position {
  readonly settings: string;
  epoch: number;
  /** Steps done in the running epoch, and the sum of their errors. */
  step: number;
  errors: number;
  history: EpochErrors[];
  /** Seconds of training so far. */
  seconds: number;
}

/** Steps between two reports within an epoch. */
const stepsPerReport = 32;

/**
 * Trains step by step. Where the checkpoint of an earlier run is found, of a net of the same form and
 * under the same settings, goes on from there, and ends in the same state, bit for bit, as a run
 * without interruption.
 *
 * When the signal fires, the step in hand is finished, the state written, and the generator returns;
 * the net in memory stays as it is, ready for use.
 *
 * @param training what is trained; its variables change
 * @param pictures to train on and to judge by: [count, size, size, 3] in [0, 1]
 * @throws RangeError where there are fewer pictures than a batch needs
 * @throws Error where the error is no longer a finite number, or the checkpoint is damaged
 */
export async function* train(
  training: Training,
  pictures: { readonly training: tfjs.Tensor4D; readonly heldOut: tfjs.Tensor4D },
  { epochs, batchSize = 32, learningRate = 1e-3, seed = 1, checkpoint, settings = {}, measure }:
    TrainOptions,
  signal?: AbortSignal,
): AsyncGenerator<TrainingProgress> {
  const count = pictures.training.shape[0];
  if (count < batchSize) {
    throw new RangeError(`Expected at least ${batchSize} pictures, one batch, but found ${count}`);
  }
  const stepsPerEpoch = Math.floor(count / batchSize);
  const position = await findPosition(
    JSON.stringify({ ...settings, epochs, batchSize, learningRate, seed }),
    training,
    checkpoint,
  );
  const resumed = position.epoch * stepsPerEpoch + position.step;
  const began = performance.now();
  let kept = true;
  const secondsBefore = position.seconds;
  const seconds = () => (performance.now() - began) / 1000;
  const keep = async () => {
    position.seconds = secondsBefore + seconds();
    if (checkpoint) await writeCheckpoint(checkpoint, training.state, position);
    kept = true;
  };
  const report = (epochFinished: boolean): TrainingProgress => {
    const last = position.history.at(-1);
    const heldOut = last?.heldOut ?? NaN;
    const complete = position.epoch === epochs;
    const loss = position.step > 0 ? position.errors / position.step : last?.loss ?? NaN;
    return {
      what: "Training",
      done: (position.epoch * stepsPerEpoch + position.step) * batchSize,
      total: epochs * stepsPerEpoch * batchSize,
      resumed: resumed * batchSize,
      unit: "pictures",
      seconds: seconds(),
      note: describe(position.epoch, epochs, loss, heldOut),
      epoch: position.epoch,
      loss,
      heldOut,
      history: [...position.history],
      trainedSeconds: complete ? position.seconds : secondsBefore + seconds(),
      epochFinished,
    };
  };

  yield report(position.epoch === epochs);
  try {
    while (position.epoch < epochs) {
      const order = shuffledOrder(count, seed * 10_007 + position.epoch);
      while (position.step < stepsPerEpoch) {
        // A turn of the event loop: the Stop button and the kernel's messages get through.
        await setImmediate();
        if (signal?.aborted) {
          if (!kept) await keep();
          yield report(false);
          return;
        }
        const done = position.epoch * stepsPerEpoch + position.step;
        const batch = order.slice(position.step * batchSize, (position.step + 1) * batchSize);
        const rate = cosineRate(learningRate, done / (epochs * stepsPerEpoch));
        const error = await runStep(training, pictures.training, batch, {
          rate,
          seed: seed + done,
        });
        if (!Number.isFinite(error)) {
          kept = true; // Weights that are not numbers must not replace those of the last checkpoint.
          throw new Error(
            `The error is ${error} after step ${done + 1}: take a smaller learning rate ` +
              `(it is ${learningRate}); the last checkpoint is as it was`,
          );
        }
        position.errors += error;
        position.step++;
        kept = false;
        if (position.step % stepsPerReport === 0 && position.step < stepsPerEpoch) {
          yield report(false);
        }
      }
      position.history.push({
        epoch: position.epoch + 1,
        loss: position.errors / stepsPerEpoch,
        heldOut: await scalarValue(training.evaluate(pictures.heldOut)),
        measures: await measure?.(position.epoch + 1) ?? {},
      });
      Object.assign(position, { epoch: position.epoch + 1, step: 0, errors: 0 });
      await keep();
      yield report(true);
    }
  } finally {
    // A reader that breaks out of its loop loses nothing either.
    if (!kept) await keep();
  }
}

async function findPosition(
  settings: string,
  training: Training,
  checkpoint: string | undefined,
): Promise<Position> {
  const found = checkpoint === undefined ? null : await readCheckpoint(checkpoint);
  const position = found?.description as Position | undefined;
  if (!found?.fits(training.state) || position?.settings !== settings) {
    return { settings, epoch: 0, step: 0, errors: 0, history: [], seconds: 0 };
  }
  found.restore(training.state);
  return position;
}

async function runStep(
  training: Training,
  pictures: tfjs.Tensor4D,
  batch: readonly number[],
  { rate, seed }: { readonly rate: number; readonly seed: number },
): Promise<number> {
  const inputs = tf.tidy(() => ({
    batch: tf.gather(pictures, tf.tensor1d([...batch], "int32")),
    rate: tf.scalar(rate),
    seeds: randomSeeds(seed),
  }));
  try {
    return await scalarValue(await training.step(inputs.batch, inputs.rate, inputs.seeds));
  } finally {
    tf.dispose(inputs);
  }
}

async function scalarValue(tensor: tfjs.Scalar): Promise<number> {
  const [value] = await tensor.data();
  tensor.dispose();
  return value!;
}

/** From the first rate to 0 along a half cosine, for `part` of the way in [0, 1]. */
const cosineRate = (first: number, part: number) => first * (1 + Math.cos(Math.PI * part)) / 2;

function describe(epoch: number, epochs: number, loss: number, heldOut: number): string {
  const numbers = [
    Number.isNaN(loss) ? "" : `, loss ${loss.toFixed(4)}`,
    Number.isNaN(heldOut) ? "" : `, held out ${heldOut.toFixed(4)}`,
  ];
  return `epoch ${epoch} of ${epochs}${numbers.join("")}`;
}
