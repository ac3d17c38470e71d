/**
 * lib/tensorflow as a process: `deno run -A tfjs_peer.ts WORKLOAD compiled|eager`. "eager" is what
 * tfjs-node does, op by op, with the optimizer of TensorFlow.js.
 */
import type * as tfjs from "@tensorflow/tfjs";
import { compile, engine, tf } from "../../lib/tensorflow/mod.ts";
import { Adam } from "../../lib/train/adam.ts";
import { readData, shape } from "./data.ts";
import { setWeights, variablesOf } from "./networks.ts";
import { serve } from "./serve.ts";
import { type MakeUpdate, workloads } from "./workloads.ts";

const [name, mode] = Deno.args;
const workload = workloads[name!]!;
const data = await readData(Deno.env.get("BENCH_DATA")!);
const nets = workload.nets();
const variables = variablesOf(...nets);
setWeights(variables, data.weights);

const updateOpByOp: MakeUpdate = (_, { rate, beta1 }) => {
  const adam = tf.train.adam(rate, beta1, 0.999, 1e-7);
  return (gradients) => adam.applyGradients(gradients as Record<string, tfjs.Variable>);
};

const updateAsOneOp: MakeUpdate = (variables, { rate, beta1 }) => {
  const adam = new Adam(new Map(variables.map((variable) => [variable.name, variable])), { beta1 });
  return (gradients) => adam.apply(new Map(Object.entries(gradients)), tf.scalar(rate));
};

const step = workload.step(nets, mode === "compiled" ? updateAsOneOp : updateOpByOp);
const compiled = compile(step, { firstCallEager: false });
const run = mode === "compiled"
  ? compiled.async
  : (...batch: Parameters<typeof step>) => Promise.resolve(step(...batch));

const { batch, batches, size, code } = shape;
const pictures = tf.split(tf.tensor4d(data.pictures, [batches * batch, size, size, 3]), batches);
const noise = tf.split(tf.tensor2d(data.noise, [batches * batch, code]), batches);
let last: tfjs.Scalar | undefined;
await serve(
  {
    parameters: variables.reduce((sum, { size }) => sum + size, 0),
    version: `TensorFlow ${engine.version}, Deno ${Deno.version.deno}`,
  },
  async (position) => {
    const turn = position % batches;
    const loss = await run(pictures[turn] as tfjs.Tensor4D, noise[turn] as tfjs.Tensor2D);
    last?.dispose();
    last = loss;
  },
  () => last!.dataSync()[0]!,
);
