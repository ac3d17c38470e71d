/**
 * Training: faces as tensors, the loop, and what keeps its state across interruptions.
 *
 * @module
 */
export { Adam, type AdamOptions } from "./adam.ts";
export {
  type AdversarialOptions,
  adversarialTraining,
  type Deal,
  type Game,
} from "./adversarial_training.ts";
export { type Checkpoint, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
export { type FaceBatch, faceBatches, type FaceBatchOptions } from "./face_batches.ts";
export { type FaceTensorOptions, type FaceTensors, faceTensors } from "./face_tensors.ts";
export { type EpochErrors, train, type TrainingProgress, type TrainOptions } from "./train.ts";
export { watch, type WatchedProgress } from "./watch.ts";
export { gradientTraining, type Objective, type Training } from "./training.ts";
