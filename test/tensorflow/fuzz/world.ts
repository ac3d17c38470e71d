import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import { type Compiled, tf } from "../../../lib/tensorflow/mod.ts";
import { numbersFrom } from "../random_programs.ts";

/** What a sequence of random calls works with. */
export interface World {
  /** A whole number from 0 to below the limit. */
  readonly draw: (below: number) => number;
  /** Tensors made so far, disposed ones too. */
  readonly pool: Tensor[];
  readonly variables: Variable[];
  readonly compiled: Compiled<Tensor[], unknown>[];
  readonly running: Promise<unknown>[];
  /** Tensors that a call kept, whatever became of the call. */
  readonly kept: Tensor[];
}

/** A call that may do anything but end the process. */
export type Action = (world: World) => unknown;

export function makeWorld(seed: number): World {
  const pool = tf.tidy(() => [
    tf.ones([4, 4]),
    tf.tensor1d([1, 2, 3], "int32"),
    tf.scalar(true),
    tf.randomUniform([2, 5, 5, 3], -1, 1, "float32", seed),
    tf.randomUniform([3, 3, 3, 2], -1, 1, "float32", seed),
    tf.tensor1d(["a", "text of more than twenty-two bytes"]),
    tf.zeros([0, 3]),
    tf.tensor1d([NaN, Infinity, -Infinity, -0]),
  ]);
  const variables = tf.tidy(() =>
    [tf.ones([4, 4]), tf.zeros([3]), tf.scalar(2)].map((value) => tf.variable(value))
  );
  return { draw: numbersFrom(seed), pool, variables, compiled: [], running: [], kept: [] };
}

/** Frees whatever is left. */
export async function endWorld(world: World): Promise<void> {
  const { pool, variables, compiled, running, kept } = world;
  await Promise.all(running);
  for (const fn of compiled) fn.dispose();
  for (const tensor of [...pool, ...variables, ...kept]) tensor.dispose();
}

export const pick = ({ pool, draw }: World): Tensor => pool[draw(pool.length)]!;

/** Keeps a tensor beyond the call, and notes it. */
export function keep({ kept }: World, tensor: Tensor): Tensor {
  if (tensor instanceof tf.Tensor) kept.push(tensor);
  return tf.keep(tensor);
}

export const oneOf = <T>({ draw }: World, choices: readonly T[]): T =>
  choices[draw(choices.length)]!;

/** A size of an axis, right or wrong. Sizes that a machine might just have are left out. */
export const size = (world: World): number =>
  world.draw(8) > 0 ? world.draw(6) : oneOf(world, [-1, -7, 1.5, NaN, 2 ** 44, 2 ** 53, Infinity]);

export const shape = (world: World): number[] =>
  Array.from({ length: world.draw(6) }, () => size(world));

export const number = (world: World): number =>
  oneOf(world, [0, 1, -1, 2, 3, 0.5, -0.25, 1e30, NaN, Infinity, -Infinity, 1e-40]);

/** Whole numbers, mostly fit for axes and indices. */
export const index = (world: World): number =>
  world.draw(12) > 0 ? world.draw(7) - 3 : oneOf(world, [99, -99, 2 ** 31, 2 ** 40, 0.5, NaN]);

export const indices = (world: World): number[] =>
  Array.from({ length: world.draw(5) }, () => index(world));
