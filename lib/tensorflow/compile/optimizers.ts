import type { Optimizer } from "@tensorflow/tfjs-core";
import { tf } from "../tfjs.ts";

/** An optimizer that a traced function used, and the numbers it went by. */
export interface UsedOptimizer {
  readonly optimizer: Optimizer;
  readonly settings: string;
  /** How many steps it had counted before the trace, which is none. */
  readonly iterations: number;
}

interface Appliable {
  applyGradients(gradients: unknown): void;
}

let used: Map<Optimizer, UsedOptimizer> | null = null;

/** Starts to note which optimizers are applied. Returns what ends that and gives them. */
export function watchOptimizers(): () => UsedOptimizer[] {
  const watched = new Map<Optimizer, UsedOptimizer>();
  used = watched;
  return () => {
    used = null;
    for (const { optimizer, iterations } of watched.values()) setIterations(optimizer, iterations);
    return [...watched.values()];
  };
}

/**
 * Whether an optimizer's numbers, such as its learning rate, are those of the trace, where they
 * were written into the graph.
 */
export function isUnchanged({ optimizer, settings }: UsedOptimizer): boolean {
  return settingsOf(optimizer) === settings;
}

/** Counts a step, as the optimizer itself does when it runs op by op. */
export function countStep({ optimizer }: UsedOptimizer): void {
  setIterations(optimizer, optimizer.iterations + 1);
}

function setIterations(optimizer: Optimizer, iterations: number): void {
  (optimizer as unknown as { iterations_: number }).iterations_ = iterations;
}

/** Its own numbers, but for the count of steps, which no step depends on. */
function settingsOf(optimizer: Optimizer): string {
  return JSON.stringify(
    Object.entries(optimizer).filter(([name, value]) =>
      name !== "iterations_" && (typeof value === "number" || typeof value === "boolean")
    ),
  );
}

/** Lets every optimizer of TensorFlow.js say when it is applied. */
function announceOptimizers(): void {
  const classes = [
    tf.SGDOptimizer,
    tf.MomentumOptimizer,
    tf.AdagradOptimizer,
    tf.AdadeltaOptimizer,
    tf.AdamOptimizer,
    tf.AdamaxOptimizer,
    tf.RMSPropOptimizer,
  ];
  for (const { prototype } of classes as { prototype: Optimizer & Appliable }[]) {
    const { applyGradients } = prototype;
    prototype.applyGradients = function (this: Optimizer, gradients) {
      if (used && !used.has(this)) {
        const { iterations } = this;
        used.set(this, { optimizer: this, settings: settingsOf(this), iterations });
      }
      applyGradients.call(this, gradients);
    };
  }
}

announceOptimizers();
