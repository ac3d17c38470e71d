/**
 * Trains every arm from random weights on the same pictures, equally long, and judges what it draws:
 *
 *     deno run -A bench/generators/main.ts [SIZE FILTERS EPOCHS]
 *
 * Goes on where it was stopped. Writes result.json, and what every arm draws into data/bench-generators.
 */
import process from "node:process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as metrics from "../../lib/metrics/mod.ts";
import * as models from "../../lib/models/mod.ts";
import * as show from "../../lib/show/mod.ts";
import { adversarialTraining, train } from "../../lib/train/mod.ts";
import { arms } from "./arms.ts";
import { portraits } from "../portraits.ts";
import { faceJudge } from "./judge.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const [size = 32, filters = 16, epochs = 10] = process.argv.slice(2).map(Number);
const kept = join(repository, "data", "bench-generators", `${size}`);
const form = { size, codeSize: 64, filters };
const settings = { batchSize: 32, learningRate: 0.0005, epochs, seed: 1 };
const faces = await portraits(size);
if (!faces) {
  console.log("SKIPPED: there are no faces in ../shared/faces/kpop-synthetic");
  process.exit(0);
}

const codes = models.randomCodes(300, form.codeSize, 7);
const drawn: Record<string, Awaited<ReturnType<typeof models.generate>>> = {};
const costs: Record<string, { readonly pictures: number; readonly minutes: number }> = {};
for (const [name, build] of Object.entries(arms)) {
  const { gan, game, beta1 } = build(form);
  const training = adversarialTraining(game, { beta1, beta2: 0.99 });
  const file = `${name.replaceAll(/\W+/g, "_")}.safetensors`;
  const learned = (await show.follow(
    train(training, faces, {
      ...settings,
      settings: { name, ...form },
      checkpoint: join(kept, file),
    }),
    name,
  ))!;
  drawn[name] = await models.generate(gan.averaged, codes);
  costs[name] = { pictures: learned.done, minutes: learned.trainedSeconds / 60 };
  training.dispose();
  models.disposeGan(gan);
}

const judge = await faceJudge(faces);
const judged: Record<string, metrics.FaceQuality> = { "held-out faces": judge.floor };
for (const [name, images] of Object.entries(drawn)) judged[name] = await judge.judge(images);
const rows = metrics.qualityRows(judged).map((row) => ({ ...row, ...costs[row.faces!] }));
console.log(show.table(rows).text);
await Deno.writeTextFile(
  join(repository, "bench", "generators", "result.json"),
  JSON.stringify({ form, settings, rows }, null, 2) + "\n",
);
await show.save(
  show.montage(Object.values(drawn).flatMap((images) => images.slice(0, 16)), { columns: 16 }),
  join(kept, "arms.png"),
);
