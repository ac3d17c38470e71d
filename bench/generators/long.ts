/**
 * Trains the GANs of 06 and 07 from random weights at 64 pixels, equally long, and follows how their
 * faces come nearer to real ones:
 *
 *     deno run -A bench/generators/long.ts [EPOCHS]
 *
 * Goes on where it was stopped. Keeps the generators of every 25th epoch, and what the last ones draw,
 * in data/bench-generators/long; writes long.json and docs/pictures/generators_curve.png.
 */
import process from "node:process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as metrics from "../../lib/metrics/mod.ts";
import * as models from "../../lib/models/mod.ts";
import * as show from "../../lib/show/mod.ts";
import {
  adversarialTraining,
  readCheckpoint,
  train,
  writeCheckpoint,
} from "../../lib/train/mod.ts";
import { longArms } from "./arms.ts";
import { portraits } from "../portraits.ts";
import { faceJudge } from "./judge.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const kept = join(repository, "data", "bench-generators", "long");
const epochs = Number(process.argv[2] ?? 250);
const form = { size: 64, codeSize: 64, filters: 32 };
const settings = { batchSize: 32, epochs, seed: 1 };
const faces = await portraits(form.size);
if (!faces) {
  console.log("SKIPPED: there are no faces in ../shared/faces/kpop-synthetic");
  process.exit(0);
}
const judge = await faceJudge(faces);
const codes = models.randomCodes(500, form.codeSize, 7);

const rows: Record<string, unknown>[] = [];
const judged: Record<string, metrics.FaceQuality> = { "held-out faces": judge.floor };
const distances: Record<string, { x: number[]; y: number[] }> = {};
for (const [name, { build, learningRate }] of Object.entries(longArms)) {
  const { gan, game, beta1 } = build(form);
  const training = adversarialTraining(game, { beta1, beta2: 0.99 });
  const file = (part: string) => join(kept, `${name.replaceAll(" ", "_")}_${part}.safetensors`);
  const averaged = models.namedWeights({ averaged: gan.averaged }, "all");
  const keepGenerator = async function* () {
    const stages = train(training, faces, {
      ...settings,
      learningRate,
      settings: { name, ...form },
      checkpoint: file("training"),
    });
    for await (const stage of stages) {
      const { epoch, epochFinished, done: pictures, trainedSeconds } = stage;
      if (epochFinished && epoch % 25 === 0 && !existsSync(file(`${epoch}`))) {
        const minutes = trainedSeconds / 60;
        await writeCheckpoint(file(`${epoch}`), averaged, { pictures, minutes }, {
          precision: "float16",
        });
      }
      yield stage;
    }
  };
  await show.follow(keepGenerator(), name);
  const line = distances[name] = { x: [] as number[], y: [] as number[] };
  for (let epoch = 25; epoch <= epochs; epoch += 25) {
    const checkpoint = (await readCheckpoint(file(`${epoch}`)))!;
    checkpoint.restore(averaged);
    const cost = checkpoint.description as { pictures: number; minutes: number };
    const images = await models.generate(gan.averaged, codes);
    const far = await judge.distances(images);
    line.x.push(cost.pictures);
    line.y.push(far.human!);
    rows.push({ model: name, ...cost, "KID, Human": far.human, "KID, face-api": far.faceApi });
  }
  const images = await models.generate(gan.averaged, codes);
  judged[name] = await judge.judge(images);
  await show.save(
    show.montage(images.slice(0, 96), { columns: 16 }),
    join(kept, `${name.replaceAll(" ", "_")}.png`),
  );
  training.dispose();
  models.disposeGan(gan);
}
console.log(show.table(rows).text);
const last = metrics.qualityRows(judged);
console.log(show.table(last).text);
await Deno.writeTextFile(
  join(repository, "bench", "generators", "long.json"),
  JSON.stringify({ form, settings, rows, last }, null, 2) + "\n",
);
await show.save(
  show.curve(distances, { x: "pictures seen", y: "KID, Human", logarithmic: true }),
  join(repository, "docs", "pictures", "generators_curve.png"),
);
