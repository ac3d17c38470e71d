// deno-lint-ignore-file no-explicit-any -- wrong arguments are the point
import type { Tensor } from "@tensorflow/tfjs-core";
import { applyAdam, compile, compileModel, tf } from "../../../lib/tensorflow/mod.ts";
import {
  type Action,
  index,
  indices,
  keep,
  number,
  oneOf,
  pick,
  shape,
  size,
  type World,
} from "./world.ts";

const op = tf as unknown as Record<string, (...args: any[]) => any>;

const dtypes = ["float32", "int32", "bool", "complex64", "string", "float64", "nothing"];

const unary = (
  "abs acos acosh asin asinh atan atanh cast ceil clone cos cosh diag elu erf exp expm1 eye fft " +
  "floor ifft irfft isFinite isInf isNaN leakyRelu log log1p logSigmoid logSoftmax logicalNot neg " +
  "ones onesLike reciprocal relu relu6 rfft round rsqrt selu sigmoid sign sin sinh softmax softplus " +
  "sqrt square squeeze step tan tanh transpose unique unstack zerosLike print real imag softplus"
).split(" ");

const binary = (
  "add atan2 complex cosineDistance div divNoNan dot equal floorDiv greater greaterEqual less " +
  "lessEqual logicalAnd logicalOr logicalXor matMul maximum minimum mod mul notEqual outerProduct " +
  "pow prelu squaredDifference sub broadcastArgs addStrict confusionMatrix gatherND " +
  "gather searchSorted lowerBound upperBound bincount"
).split(" ");

const reductions = (
  "all any argMax argMin cumprod cumsum logSumExp max mean min norm prod reverse sum moments " +
  "expandDims unstack concat stack topk meshgrid addN euclideanNorm"
).split(" ");

const values: Action[] = [
  (w) => tf.tensor(new Float32Array(w.draw(30)), shape(w)),
  (w) => tf.tensor(new Int32Array(w.draw(9)), [w.draw(3), w.draw(4)], oneOf(w, dtypes) as any),
  (w) => tf.tensor(new Float32Array(64).subarray(w.draw(9), 16), [size(w), 4]),
  () => tf.tensor(new Float32Array(new SharedArrayBuffer(16)), [4]),
  () => {
    const detached = new Float32Array(4);
    structuredClone(detached.buffer, { transfer: [detached.buffer] });
    return tf.tensor(detached, [4]);
  },
  (w) => {
    const waiting = new Float32Array(4);
    const tensor = tf.tensor(waiting, [4]);
    structuredClone(waiting.buffer, { transfer: [waiting.buffer] });
    return w.draw(2) ? tf.neg(tensor) : tensor;
  },
  (w) => {
    const waiting = new Float32Array(new ArrayBuffer(16, { maxByteLength: 64 }));
    const tensor = tf.tensor(waiting, [4]);
    waiting.buffer.resize(w.draw(16) * 4);
    return tf.neg(tensor);
  },
  (w) => tf.tensor1d(oneOf<any>(w, [[1, "a"], ["a", 1], [null], [[1]], [true, 2], [{}], "x", 1n])),
  (w) => tf.tensor1d(Array.from({ length: w.draw(5) }, () => "b".repeat(w.draw(60)))),
  (w) => tf.tensor1d([new Uint8Array(w.draw(40))] as any, "string"),
  (w) => tf.fill(shape(w), number(w), oneOf(w, dtypes) as any),
  (w) => tf.zeros(shape(w), oneOf(w, dtypes) as any),
  (w) => tf.range(number(w), w.draw(20), oneOf(w, [1, 2, -1, 0.5])),
  (w) => tf.linspace(number(w), number(w), w.draw(9) - 1),
  (w) => tf.oneHot(pick(w) as any, w.draw(5), number(w), number(w)),
  (w) => tf.randomUniform(shape(w), number(w), number(w), oneOf(w, dtypes) as any, 1),
  (w) => tf.multinomial(pick(w) as any, w.draw(5) - 1, 1),
  (w) => tf.cast(pick(w), oneOf(w, dtypes) as any),
  (w) => tf.buffer(shape(w), oneOf(w, dtypes) as any).toTensor(),
];

const ops: Action[] = [
  (w) => op[oneOf(w, unary)]!(pick(w)),
  (w) => op[oneOf(w, binary)]!(pick(w), pick(w)),
  (w) => op[oneOf(w, binary)]!(pick(w), pick(w)),
  (w) => op[oneOf(w, reductions)]!(pick(w), oneOf<any>(w, [index(w), indices(w), undefined])),
  (w) => op[oneOf(w, reductions)]!([pick(w), pick(w)], index(w)),
  (w) => tf.reshape(pick(w), shape(w)),
  (w) => tf.slice(pick(w), indices(w), indices(w)),
  (w) =>
    tf.stridedSlice(
      pick(w),
      indices(w),
      indices(w),
      indices(w),
      w.draw(16),
      w.draw(16),
      w.draw(4),
      w.draw(4),
      w.draw(4),
    ),
  (w) => tf.gather(pick(w), pick(w) as any, index(w), w.draw(3)),
  (w) => tf.gather(pick(w), tf.tensor1d(indices(w), "int32"), w.draw(3)),
  (w) => tf.gatherND(pick(w), tf.tensor2d([[index(w), index(w)]], [1, 2], "int32")),
  (w) => tf.scatterND(tf.tensor2d([[index(w)]], [1, 1], "int32"), pick(w), shape(w)),
  (w) => tf.tensorScatterUpdate(pick(w), tf.tensor2d([[index(w)]], [1, 1], "int32"), pick(w)),
  (w) => tf.sparseToDense(pick(w), pick(w), shape(w), number(w)),
  (w) => tf.unsortedSegmentSum(pick(w), tf.tensor1d(indices(w), "int32"), w.draw(4)),
  (w) => tf.denseBincount(pick(w) as any, pick(w) as any, w.draw(6)),
  (w) => tf.tile(pick(w), Array.from({ length: w.draw(5) }, () => w.draw(4))),
  (w) => tf.broadcastTo(pick(w), shape(w) as any),
  (w) => tf.pad(pick(w), [[w.draw(4) - 1, w.draw(4)], [w.draw(3), w.draw(3)]], number(w)),
  (w) => tf.mirrorPad(pick(w), [[w.draw(9), w.draw(9)], [0, w.draw(9)]], "reflect"),
  (w) => tf.concat([pick(w), pick(w), pick(w)], index(w)),
  (w) => tf.split(pick(w), oneOf<any>(w, [w.draw(5), indices(w)]), index(w)),
  (w) => tf.where(pick(w), pick(w), pick(w)),
  (w) =>
    tf.einsum(oneOf(w, ["ij,jk->ik", "ii->i", "i,j->ij", "abc", "->", "ij,"]), pick(w), pick(w)),
  (w) => tf.clipByValue(pick(w), number(w), number(w)),
  (w) => tf.topk(pick(w), w.draw(6), w.draw(2) === 0).values,
  (w) => tf.spaceToBatchND(pick(w), [w.draw(4), w.draw(4)], [[w.draw(3), 0], [0, w.draw(3)]]),
  (w) => tf.batchToSpaceND(pick(w), [w.draw(4), w.draw(4)], [[w.draw(3), 0], [0, w.draw(3)]]),
  (w) => tf.depthToSpace(pick(w) as any, w.draw(5), oneOf(w, ["NHWC", "NCHW"])),
  (w) => tf.linalg.bandPart(pick(w), index(w), index(w)),
  (w) => tf.linalg.qr(pick(w), w.draw(2) === 0),
  (w) => tf.signal.stft(pick(w) as any, w.draw(9), 1 + w.draw(5)),
  (w) => tf.signal.frame(pick(w) as any, w.draw(9), 1 + w.draw(5), true, number(w)),
  (w) => tf.spectral.fft(pick(w)),
  (w) => tf.string.stringSplit(pick(w) as any, oneOf(w, ["", " ", "e"])),
  (w) => tf.string.stringToHashBucketFast(pick(w), w.draw(5)),
  (w) => tf.sparse.sparseReshape(pick(w) as any, pick(w) as any, pick(w) as any),
  (w) => tf.sparse.sparseSegmentMean(pick(w), pick(w) as any, pick(w) as any),
  (w) =>
    tf.image.nonMaxSuppression(pick(w) as any, pick(w) as any, w.draw(5), number(w), number(w)),
  (w) => tf.image.cropAndResize(pick(w) as any, pick(w) as any, pick(w) as any, [size(w), size(w)]),
  (w) =>
    tf.image.resizeBilinear(pick(w) as any, [size(w), size(w)], w.draw(2) === 0, w.draw(2) === 0),
  (w) => tf.image.resizeNearestNeighbor(pick(w) as any, [size(w), size(w)], w.draw(2) === 0),
  (w) => tf.image.flipLeftRight(pick(w) as any),
  (w) => tf.image.rotateWithOffset(pick(w) as any, number(w)),
  (w) => tf.image.transform(pick(w) as any, pick(w) as any),
  (w) => tf.localResponseNormalization(pick(w) as any, index(w), number(w), number(w), number(w)),
  (w) => tf.batchNorm(pick(w), pick(w) as any, pick(w) as any, pick(w) as any, pick(w) as any),
  (w) => tf.dropout(pick(w), oneOf(w, [0, 0.5, 1, -1, NaN])),
  (w) => tf.losses.softmaxCrossEntropy(pick(w), pick(w)),
  (w) => tf.losses.huberLoss(pick(w), pick(w)),
  (w) => tf.broadcastArgs(pick(w), pick(w)),
  (w) => tf.raggedTensorToTensor(pick(w), pick(w), pick(w), [pick(w)], ["ROW_SPLITS"]),
];

const padding = ["same", "valid", 0, 1, 7, -1, [[0, 0], [1, 2], [2, 1], [0, 0]]];

const convolutions: Action[] = [
  (w) =>
    tf.conv2d(
      pick(w) as any,
      pick(w) as any,
      oneOf<any>(w, [1, 2, 0, -1, 1.5, [2, 1]]),
      oneOf<any>(w, padding),
      oneOf(w, ["NHWC", "NCHW"]),
      oneOf<any>(w, [1, 1, 2, 0, [2, 3]]),
    ),
  (w) => tf.conv2d(pick(w) as any, pick(w) as any, 1 + w.draw(3), oneOf<any>(w, padding)),
  (w) => tf.conv1d(pick(w) as any, pick(w) as any, w.draw(3), oneOf<any>(w, padding)),
  (w) => tf.conv3d(pick(w) as any, pick(w) as any, w.draw(3), "same"),
  (w) => tf.conv2dTranspose(pick(w) as any, pick(w) as any, shape(w) as any, w.draw(3), "same"),
  (w) => tf.depthwiseConv2d(pick(w) as any, pick(w) as any, w.draw(3), oneOf<any>(w, padding)),
  (w) => tf.separableConv2d(pick(w) as any, pick(w) as any, pick(w) as any, w.draw(3), "same"),
  (w) => tf.dilation2d(pick(w) as any, pick(w) as any, w.draw(3), "same", w.draw(3)),
  (w) => tf.maxPool(pick(w) as any, w.draw(4), w.draw(3), oneOf<any>(w, padding)),
  (w) => tf.avgPool(pick(w) as any, w.draw(4), w.draw(3), oneOf<any>(w, padding)),
  (w) =>
    tf.maxPoolWithArgmax(pick(w) as any, w.draw(4), w.draw(3), "same", w.draw(2) === 0).indexes,
  (w) =>
    tf.fused.conv2d({
      x: pick(w) as any,
      filter: pick(w) as any,
      strides: 1,
      pad: "same",
      bias: pick(w),
      activation: oneOf(w, ["relu", "relu6", "prelu", "leakyrelu", "sigmoid", "linear"]),
      preluActivationWeights: pick(w),
    }),
  (w) => tf.fused.matMul({ a: pick(w), b: pick(w), transposeA: w.draw(2) === 0, bias: pick(w) }),
];

const gradients: Action[] = [
  (w) => tf.grad((x) => op[oneOf(w, unary)]!(x))(pick(w)),
  (w) => tf.grad((x) => tf.sum(tf.square(op[oneOf(w, unary)]!(x))))(pick(w)),
  (w) => tf.grads((a, b) => op[oneOf(w, binary)]!(a, b))([pick(w), pick(w)]),
  (w) => tf.grad((x) => tf.sum(tf.grad((y) => op[oneOf(w, unary)]!(y))(x)))(pick(w)),
  (w) => tf.grad((x) => tf.maxPool(x as any, w.draw(4), 2, "same"))(pick(w)),
  (w) => tf.grad((x) => tf.conv2d(x as any, pick(w) as any, 1, "same"))(pick(w)),
  (w) => tf.grad((x) => (x.dispose(), tf.square(x)))(pick(w)),
  (w) => tf.grad(() => pick(w))(pick(w)),
  (w) => tf.grad((x) => oneOf<any>(w, [x, 1, null, [x]]))(pick(w)),
  (w) => tf.variableGrads(() => tf.sum(tf.mul(w.variables[0]!, pick(w))), w.variables).value,
  (w) =>
    tf.customGrad((x: any, save: any) => {
      save([x]);
      return {
        value: tf.neg(x),
        gradFunc: (dy: any) => oneOf<any>(w, [dy, tf.scalar(1), [dy, dy]]),
      };
    })(pick(w)),
  (w) => {
    const optimizer = oneOf(w, [tf.train.sgd, tf.train.adam, tf.train.rmsprop])(0.1);
    try {
      return optimizer.minimize(() => tf.sum(tf.mul(w.variables[w.draw(3)]!, pick(w))), true)!;
    } finally {
      optimizer.dispose();
    }
  },
];

const lifetimes: Action[] = [
  (w) => pick(w).dispose(),
  (w) => tf.dispose([pick(w), pick(w)]),
  (w) => keep(w, tf.tidy(() => tf.sum(pick(w)))),
  (w) => void keep(w, pick(w)),
  (w) => pick(w).clone(),
  (w) => pick(w).dataSync(),
  (w) => pick(w).arraySync(),
  (w) => void w.running.push(pick(w).data().catch(() => {})),
  (w) => {
    // Other asynchronous ops of TensorFlow.js leave tensors behind where they fail.
    const name = oneOf(w, ["setdiff1dAsync", "whereAsync"]);
    const result: Promise<unknown> = op[name]!(pick(w), pick(w));
    w.running.push(result.then((made) => void w.pool.push(...tensorsIn(made)), () => {}));
  },
  (w) => w.variables[w.draw(3)]!.assign(pick(w) as any),
  (w) => w.draw(4) === 0 && w.variables[w.draw(3)]!.dispose(),
  (w) => tf.tidy(() => pick(w)),
  (w) => {
    tf.engine().startScope();
    try {
      return tf.neg(pick(w));
    } finally {
      tf.engine().endScope();
    }
  },
  (w) => {
    // A tensor of another engine is fetched from there when it is used here.
    tf.setBackend("cpu");
    try {
      return tf.add(pick(w), 1);
    } finally {
      tf.setBackend("tensorflow");
    }
  },
  (w) =>
    applyAdam(
      { value: w.variables[0]!, mean: w.variables[1]!, square: w.variables[2]! },
      pick(w),
      pick(w) as any,
    ),
];

const plain = [...values, ...ops, ...convolutions];

const bodies: Action[] = [
  ...plain,
  ...gradients,
  ...lifetimes,
  () => tf.variable(tf.scalar(1)),
  (w) => keep(w, tf.neg(pick(w))),
  (w) => w.compiled[w.draw(w.compiled.length)]!(pick(w)),
  () => Promise.resolve(1),
  () => () => 1,
  () => {
    throw new Error("thrown by a compiled function");
  },
];

/** A function whose calls all do the same few random things with its argument. */
export function makeCompiled(w: World): void {
  const steps = Array.from({ length: 1 + w.draw(4) }, () => oneOf(w, bodies));
  const choices = Array.from({ length: 40 }, () => w.draw(2 ** 30));
  const closure = w.draw(3) === 0;
  w.compiled.push(compile((...args: Tensor[]) => {
    let place = 0;
    const draw = (below: number) => choices[place++ % choices.length]! % below;
    const pool = [...args, ...(closure ? w.pool : [])];
    const inside = { ...w, draw, pool };
    for (const step of steps) pool.push(...tensorsIn(step(inside)));
    return pool.slice(args.length).filter((tensor) => !tensor.isDisposed || draw(9) === 0);
  }, { maximumTraces: 1 + w.draw(3), firstCallEager: w.draw(2) === 0, seed: w.draw(9) }));
}

const compilation: Action[] = [
  makeCompiled,
  makeCompiled,
  ...Array.from(
    { length: 6 },
    (): Action => (w) => w.compiled[w.draw(w.compiled.length)]!(pick(w)),
  ),
  (w) => w.compiled[w.draw(w.compiled.length)]!(pick(w), pick(w)),
  (w) => w.compiled[w.draw(w.compiled.length)]!(w.variables[w.draw(3)]!),
  (w) =>
    (w.compiled[w.draw(w.compiled.length)] as any)(oneOf<any>(w, [1, "a", null, {}, [1], () => 1])),
  ...Array.from({ length: 3 }, (): Action => (w) => {
    const argument = pick(w);
    w.running.push(
      w.compiled[w.draw(w.compiled.length)]!.async(argument)
        .then((result) => void w.pool.push(...tensorsIn(result)), () => {}),
    );
    if (w.draw(4) === 0) argument.dispose();
  }),
  (w) => w.draw(3) === 0 && w.compiled[w.draw(w.compiled.length)]!.dispose(),
  (w) => {
    const model = { execute: () => tf.neg(pick(w)), dispose() {} };
    compileModel(model as any);
    const results = [1, 2].map(() => (model.execute as any)(pick(w)));
    model.dispose();
    return results;
  },
];

/** Every kind of call, each kind as often as the others. */
export const kinds: readonly (readonly Action[])[] = [
  values,
  ops,
  ops,
  convolutions,
  gradients,
  lifetimes,
  compilation,
  compilation,
];

/** The tensors in what a call gave. */
export function tensorsIn(value: unknown): Tensor[] {
  if (value instanceof tf.Variable) return [];
  if (value instanceof tf.Tensor) return [value];
  if (value instanceof Promise) return [];
  if (Array.isArray(value)) return value.flatMap(tensorsIn);
  if (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  ) {
    return Object.values(value).flatMap(tensorsIn);
  }
  return [];
}
