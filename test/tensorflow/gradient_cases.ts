import type { Rank, Tensor, Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import { tf } from "../../lib/tensorflow/mod.ts";
import type { Case } from "./finite_differences.ts";

type Op = (...inputs: Tensor[]) => Tensor;

const matrix = { shape: [3, 4] };
const positive = { shape: [3, 4], minimum: 0.3, maximum: 2 };
const images = { shape: [2, 6, 6, 3] };
const filter = { shape: [3, 3, 3, 2] };

const on = (inputs: Case["inputs"], ops: Record<string, Op>): Record<string, Case> =>
  Object.fromEntries(Object.entries(ops).map(([name, op]) => [name, { op, inputs }]));

const four = (x: Tensor<Rank>) => x as Tensor4D;

/** Operations whose gradients, first and second, must be right on this engine. */
export const cases: Record<string, Case> = {
  ...on([matrix], {
    square: tf.square,
    exp: tf.exp,
    expm1: tf.expm1,
    erf: tf.erf,
    sin: tf.sin,
    cos: tf.cos,
    neg: tf.neg,
    sigmoid: tf.sigmoid,
    tanh: tf.tanh,
    softplus: tf.softplus,
    logSigmoid: tf.logSigmoid,
    relu: tf.relu,
    relu6: (x) => tf.relu6(tf.mul(x, 8)),
    leakyRelu: (x) => tf.leakyRelu(x, 0.3),
    elu: tf.elu,
    selu: tf.selu,
    "leaky relu of sums": (x) => tf.add(tf.mul(0.2, x), tf.mul(0.8, tf.relu(x))),
    softmax: (x) => tf.softmax(x),
    logSoftmax: (x) => tf.logSoftmax(x),
    logSumExp: (x) => tf.logSumExp(x, 1),
    clipByValue: (x) => tf.clipByValue(x, -0.5, 0.5),
    "power of 3": (x) => tf.pow(x, 3),
    "sum of an axis": (x) => tf.sum(x, 1),
    "mean of an axis": (x) => tf.mean(x, 0),
    "max of an axis": (x) => tf.max(x, 1),
    "min of an axis": (x) => tf.min(x, 1),
    variance: (x) => tf.moments(x, [0]).variance,
    "standard deviation": (x) => tf.sqrt(tf.add(tf.moments(x, [0]).variance, 1e-3)),
    norm: (x) => tf.norm(x),
    "mean that keeps its axis": (x) => tf.mul(x, tf.mean(x, 1, true)),
    "root mean square": (x) => tf.div(x, tf.sqrt(tf.add(tf.mean(tf.square(x), 1, true), 1e-3))),
    "product with a mask": (x) =>
      tf.mul(x, tf.tensor2d([[1, 0, 1, 0], [0, 1, 1, 0], [1, 1, 0, 1]])),
    "spread within a batch": (x) =>
      tf.concat([x as Tensor2D, tf.fill([3, 1], 1).mul(tf.moments(x, 0).variance.mean())], 1),
    cumsum: (x) => tf.cumsum(x, 1),
    reshape: (x) => tf.reshape(x, [4, 3]),
    transpose: (x) => tf.transpose(x),
    slice: (x) => tf.slice(x, [1, 1], [2, 2]),
    tile: (x) => tf.tile(x, [2, 1]),
    gather: (x) => tf.gather(x, tf.tensor1d([0, 2, 2], "int32")),
    unstack: (x) => tf.unstack(x)[1]!,
    split: (x) => tf.split(x, 2, 1)[1]!,
    reverse: (x) => tf.reverse(x, 0),
    broadcastTo: (x) => tf.broadcastTo(x, [2, 3, 4]),
    pad: (x) => tf.pad(x, [[1, 0], [0, 2]]),
    "reflecting mirrorPad": (x) => tf.mirrorPad(x, [[1, 1], [2, 1]], "reflect"),
    "symmetric mirrorPad": (x) => tf.mirrorPad(x, [[0, 1], [2, 3]], "symmetric"),
    "sigmoid cross entropy": (x) => tf.losses.sigmoidCrossEntropy(tf.ones([3, 4]), x),
    "mean squared error": (x) => tf.losses.meanSquaredError(tf.zeros([3, 4]), x),
    "huber loss": (x) => tf.losses.huberLoss(tf.zeros([3, 4]), tf.mul(x, 3)),
  }),
  ...on([positive], {
    sqrt: tf.sqrt,
    rsqrt: tf.rsqrt,
    log: tf.log,
    log1p: tf.log1p,
    reciprocal: tf.reciprocal,
    abs: tf.abs,
  }),
  ...on([matrix, matrix], {
    add: tf.add,
    sub: tf.sub,
    mul: tf.mul,
    maximum: tf.maximum,
    minimum: tf.minimum,
    squaredDifference: tf.squaredDifference,
    where: (a, b) => tf.where(tf.greater(a, b), a, b),
    concat: (a, b) => tf.concat([a as Tensor2D, b as Tensor2D], 1),
    stack: (a, b) => tf.stack([a, b]),
  }),
  ...on([matrix, positive], { div: tf.div, atan2: tf.atan2 }),
  ...on([positive, matrix], { pow: tf.pow }),
  ...on([matrix, { shape: [4] }], { "add with broadcasting": tf.add, prelu: tf.prelu }),
  ...on([matrix, { shape: [4, 5] }], { matMul: (a, b) => tf.matMul(a, b) }),
  ...on([{ shape: [4, 3] }, { shape: [5, 4] }], {
    "matMul of transposed": (a, b) => tf.matMul(a, b, true, true),
  }),
  ...on([images, filter], {
    "conv2d with stride": (x, f) => tf.conv2d(four(x), four(f), 2, "same"),
    "conv2d without padding": (x, f) => tf.conv2d(four(x), four(f), 1, "valid"),
    "conv2d with stride, without padding": (x, f) => tf.conv2d(four(x), four(f), 2, "valid"),
    depthwiseConv2d: (x, f) => tf.depthwiseConv2d(four(x), four(f), 1, "same"),
  }),
  ...on([images, { shape: [4, 4, 2, 3] }], {
    conv2dTranspose: (x, f) => tf.conv2dTranspose(four(x), four(f), [2, 12, 12, 2], 2, "same"),
  }),
  ...on([images, filter, { shape: [1, 1, 6, 2] }], {
    separableConv2d: (x, f, p) => tf.separableConv2d(four(x), four(f), four(p), 1, "same"),
  }),
  ...on([images, filter, { shape: [2] }], {
    "fused conv2d": (x, f, bias) =>
      tf.fused.conv2d({
        x: four(x),
        filter: four(f),
        strides: 1,
        pad: "same",
        bias,
        activation: "relu",
      }),
  }),
  ...on([matrix, { shape: [4, 5] }, { shape: [5] }], {
    "fused matMul": (a, b, bias) => tf.fused.matMul({ a, b, bias, activation: "sigmoid" }),
  }),
  ...on([images], {
    avgPool: (x) => tf.avgPool(four(x), 2, 2, "same"),
    "avgPool that overlaps": (x) => tf.avgPool(four(x), 3, 2, "valid"),
    "repetition by concat and reshape": (x) => tf.reshape(tf.concat([x, x], 2), [2, 12, 6, 3]),
    "normalisation by the batch": (x) => {
      const { mean, variance } = tf.moments(x, [0, 1, 2]);
      return tf.batchNorm(x, mean as Tensor1D, variance as Tensor1D, undefined, undefined, 1e-3);
    },
    maxPool: (x) => tf.maxPool(four(x), 2, 2, "same"),
    "global average": (x) => tf.mean(x, [1, 2]),
    resizeBilinear: (x) => tf.image.resizeBilinear(four(x), [9, 4]),
    "resizeBilinear, half pixels": (x) => tf.image.resizeBilinear(four(x), [9, 4], false, true),
    resizeNearestNeighbor: (x) => tf.image.resizeNearestNeighbor(four(x), [12, 12]),
    "resizeNearestNeighbor, half pixels": (x) =>
      tf.image.resizeNearestNeighbor(four(x), [9, 15], false, true),
    spaceToBatchND: (x) => tf.spaceToBatchND(x, [2, 2], [[0, 0], [0, 0]]),
  }),
  ...on([{ shape: [1, 2, 2, 8] }], { depthToSpace: (x) => tf.depthToSpace(four(x), 2, "NHWC") }),
  ...on([
    images,
    { shape: [3] },
    { shape: [3], minimum: 0.5, maximum: 2 },
    { shape: [3] },
    { shape: [3] },
  ], {
    batchNorm: (x, mean, variance, offset, scale) =>
      tf.batchNorm(
        x,
        mean as Tensor1D,
        variance as Tensor1D,
        offset as Tensor1D,
        scale as Tensor1D,
        1e-3,
      ),
  }),
  ...on([images, { shape: [3] }, { shape: [3], minimum: 0.5, maximum: 2 }], {
    "batchNorm without scale and offset": (x, mean, variance) =>
      tf.batchNorm(x, mean as Tensor1D, variance as Tensor1D, undefined, undefined, 1e-3),
  }),
};

/** Operations whose gradient has no gradient: asking for one must be an error. */
export const withoutSecondOrder: Record<string, Case> = {
  ...on([matrix], {
    "softmax cross entropy": (x) => tf.losses.softmaxCrossEntropy(tf.oneHot([0, 1, 2], 4), x),
    prod: (x) => tf.prod(x, 1),
  }),
  ...on([images], {
    "local response normalisation": (x) => tf.localResponseNormalization(four(x), 1),
  }),
};

/** Operations without a gradient: asking for one must be an error. */
export const withoutGradient: Record<string, Case> = {
  ...on([matrix], { stridedSlice: (x) => tf.stridedSlice(x, [0, 0], [3, 4], [2, 1]) }),
  ...on([images], {
    "dilated conv2d": (x) => tf.conv2d(four(x), tf.ones([3, 3, 3, 2]), 1, "same", "NHWC", 2),
    gatherND: (x) => tf.gatherND(x, tf.tensor2d([[1, 0]], [1, 2], "int32")),
  }),
};
