/** Times a process from its start: the library and a first op, then the autoencoder's first calls. */
import type { Tensor2D, Tensor4D } from "@tensorflow/tfjs";
import { compile, tf } from "../../lib/tensorflow/mod.ts";
import { Adam } from "../../lib/train/adam.ts";
import { variablesOf } from "./networks.ts";
import { workloads } from "./workloads.ts";

tf.add(1, 1).dataSync();
const firstOp = performance.now() / 1000;

const { nets, step } = workloads.autoencoder!;
const both = nets();
const variables = new Map(variablesOf(...both).map((variable) => [variable.name, variable]));
const adam = new Adam(variables);
const compiled = compile(
  step(both, () => (gradients) => adam.apply(new Map(Object.entries(gradients)), tf.scalar(1e-3))),
  { firstCallEager: false },
);
const [pictures, noise] = [tf.zeros([32, 64, 64, 3]), tf.zeros([32, 64])];
const begin = performance.now() / 1000;
compiled(pictures as Tensor4D, noise as Tensor2D).dataSync();
console.log(JSON.stringify({ firstOp, firstCall: performance.now() / 1000 - begin }));
