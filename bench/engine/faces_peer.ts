/**
 * The face networks as a process: `deno run -A faces_peer.ts NETWORK batched|eager`. A step is eight
 * pictures: in one compiled call, as lib/faces runs them; or one after the other and op by op, as
 * Human and face-api do.
 */
import { type Tensor4D } from "@tensorflow/tfjs";
import { loadHumanGraph, network, packageFile } from "../../lib/faces/network.ts";
import { loadFaceApiGender } from "../../lib/faces/mod.ts";
import { engine, requireOnEngine, tf } from "../../lib/tensorflow/mod.ts";
import { readData } from "./data.ts";
import { serve } from "./serve.ts";

const batch = 8;
const networks: Readonly<Record<string, { side: number; outputs: string[] }>> = {
  blazeface: { side: 256, outputs: ["Identity", "Identity_1", "Identity_2", "Identity_3"] },
  facemesh: { side: 192, outputs: ["Identity_1", "Identity_2"] },
  faceres: { side: 224, outputs: ["gender_pred/Sigmoid", "global_pooling/Mean"] },
};

const [name, mode] = Deno.args;
const side = networks[name!]?.side ?? 112;
const { pictures } = await readData(Deno.env.get("BENCH_DATA")!);
const values = pictures.slice(0, batch * side * side * 3);
const views = Array.from(
  { length: batch },
  (_, index) => values.subarray(index * side * side * 3, (index + 1) * side * side * 3),
);
const run = name === "age_gender" ? await loadAgeGender() : await loadGraph();
let last = 0;
await serve(
  { parameters: 0, version: `TensorFlow ${engine.version}, Deno ${Deno.version.deno}` },
  async () => {
    last = await run();
  },
  () => last,
);

/** All give one number of the last picture's result, to compare. */
async function loadGraph(): Promise<() => Promise<number>> {
  const { outputs } = networks[name!]!;
  const compute = await loadHumanGraph(name!, outputs);
  if (mode === "batched") {
    const compiled = network({ side, batch, compute });
    return async () => {
      const [first] = await compiled.run(values, batch);
      return first![first!.length - first!.length / batch]!;
    };
  }
  return async () => {
    let result = 0;
    for (const view of views) {
      const picture: Tensor4D = tf.tensor4d(view, [1, side, side, 3]);
      const tensors = tf.tidy(() => compute(picture));
      const read = await Promise.all(tensors.map((tensor) => tensor.data()));
      result = read[0]![0]!;
      tf.dispose([picture, tensors]);
    }
    return result;
  };
}

async function loadAgeGender(): Promise<() => Promise<number>> {
  if (mode === "batched") {
    const model = await loadFaceApiGender();
    const levels = views.map((view) => view.map((value) => 255 * value));
    return async () => (await model.judge(levels)).at(-1)!.age!;
  }
  const { nets } = requireOnEngine("@vladmandic/face-api");
  await nets.ageGenderNet.loadFromDisk(packageFile("@vladmandic/face-api", "model"));
  return async () => {
    let age = 0;
    for (const view of views) {
      const picture = tf.tidy(() => tf.tensor3d(view, [side, side, 3]).mul(255));
      ({ age } = await nets.ageGenderNet.predictAgeAndGender(picture));
      picture.dispose();
    }
    return age;
  };
}
