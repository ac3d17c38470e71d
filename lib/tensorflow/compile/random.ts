import type { DataType, Rank, ShapeMap, Tensor } from "@tensorflow/tfjs-core";
import type { NodeBackend } from "../backend/register.ts";
import { requirePackage, tf } from "../tfjs.ts";

/** Draws one tensor; `stream` numbers the draws within a call. */
export interface RandomSource {
  uniform(shape: number[], stream: number): Tensor;
  normal(shape: number[], stream: number): Tensor;
  truncatedNormal(shape: number[], stream: number): Tensor;
}

/**
 * Random numbers from TensorFlow's stateless ops: a function of the two seeds and the number of the
 * draw, whether run at once or in a graph.
 */
export function tensorFlowRandom(backend: NodeBackend, seeds: Tensor): RandomSource {
  const draw = (op: string) => (shape: number[], stream: number) => {
    const { TF_ATTR_TYPE, TF_INT32, TF_FLOAT } = backend.binding;
    const seed = tf.add(seeds, tf.tensor1d([spread(stream), 0], "int32"));
    const attributes = Object.entries({ T: TF_INT32, Tseed: TF_INT32, dtype: TF_FLOAT })
      .map(([name, value]) => ({ name, type: TF_ATTR_TYPE, value }));
    const size = tf.tensor1d(shape, "int32");
    return backend.executeSingleOutput(op, attributes, [size, seed]);
  };
  return {
    uniform: draw("StatelessRandomUniform"),
    normal: draw("StatelessRandomNormal"),
    truncatedNormal: draw("StatelessTruncatedNormal"),
  };
}

/** Random numbers from TensorFlow.js's own generator, seeded by the two seeds and the draw. */
export function javaScriptRandom(seed: number, call: number): RandomSource {
  const mixed = (stream: number) => 1 + Math.abs(spread(spread(spread(seed) + call) + stream));
  return {
    uniform: (shape, stream) => original.randomUniform(shape, 0, 1, "float32", mixed(stream)),
    normal: (shape, stream) => original.randomNormal(shape, 0, 1, "float32", mixed(stream)),
    truncatedNormal: (shape, stream) =>
      original.truncatedNormal(shape, 0, 1, "float32", mixed(stream)),
  };
}

/** Far apart 32-bit numbers for neighbouring ones (Knuth's multiplicative hash). */
function spread(number: number): number {
  return Math.imul(number, 0x9e3779b1) | 0;
}

/** The exports of tfjs-core, which tfjs-layers, tfjs and we look functions up in at every use. */
const core: Record<string, unknown> = requirePackage("@tensorflow/tfjs-core");
const original = {
  randomUniform: tf.randomUniform,
  randomNormal: tf.randomNormal,
  truncatedNormal: tf.truncatedNormal,
};

/**
 * Runs `action` with TensorFlow.js's random functions, dropout included, drawing from `source`.
 * A seed given to one of them picks a stream; what it draws is still new at every call.
 */
export function withRandom<T>(source: RandomSource, action: () => T): T {
  const replacements = randomFunctions(source);
  const kept = Object.fromEntries(Object.keys(replacements).map((name) => [name, core[name]]));
  Object.assign(core, replacements);
  try {
    return action();
  } finally {
    Object.assign(core, kept);
  }
}

function randomFunctions(source: RandomSource): Record<string, unknown> {
  let draws = 0;
  const stream = (seed?: number | string) => spread(hash(seed ?? 0)) + draws++;
  const scaled = (values: Tensor, factor: number, offset: number, dtype: DataType = "float32") => {
    const result = tf.add(tf.mul(values, factor), offset);
    return dtype === "float32" ? result : result.cast(dtype);
  };
  type Shape = ShapeMap[Rank];
  const randomUniform = (
    shape: Shape,
    minimum = 0,
    maximum = 1,
    dtype?: "float32" | "int32" | "bool",
    seed?: number | string,
  ) => {
    const values = source.uniform(shape, stream(seed));
    return scaled(values, maximum - minimum, minimum, dtype);
  };
  const randomNormal = (
    shape: Shape,
    mean = 0,
    deviation = 1,
    dtype?: "float32" | "int32",
    seed?: number,
  ) => scaled(source.normal(shape, stream(seed)), deviation, mean, dtype);
  const truncatedNormal = (
    shape: Shape,
    mean = 0,
    deviation = 1,
    dtype?: "float32" | "int32",
    seed?: number,
  ) => scaled(source.truncatedNormal(shape, stream(seed)), deviation, mean, dtype);
  return {
    randomUniform: scoped(randomUniform),
    randomUniformInt: scoped((shape: Shape, minimum: number, maximum: number, seed?: number) =>
      randomUniform(shape, minimum, maximum, "int32", seed)
    ),
    randomNormal: scoped(randomNormal),
    randomStandardNormal: scoped((shape: Shape, dtype?: "float32" | "int32", seed?: number) =>
      randomNormal(shape, 0, 1, dtype, seed)
    ),
    truncatedNormal: scoped(truncatedNormal),
    dropout: scoped((x: Tensor, rate: number, noiseShape?: number[], seed?: number) => {
      if (!(rate >= 0 && rate < 1)) {
        throw new RangeError(`The rate of dropout must be in [0, 1), not ${rate}`);
      }
      if (rate === 0) return x.clone();
      const shape = (noiseShape ?? x.shape).map((size, axis) => size ?? x.shape[axis]!);
      const kept = tf.floor(tf.add(source.uniform(shape, stream(seed)), 1 - rate));
      return tf.mul(x, tf.div(kept, 1 - rate));
    }),
  };
}

/** Everything but the result goes at the end, as with TensorFlow.js's own ops. */
function scoped<Args extends unknown[]>(fn: (...args: Args) => Tensor): (...args: Args) => Tensor {
  return (...args) => tf.tidy(() => fn(...args));
}

function hash(seed: number | string): number {
  return [...String(seed)].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 0);
}
