/**
 * Trains the autoencoder of 04 on generated portraits from several first weights, and measures what
 * two numbers keep of faces that were held out:
 *
 *     deno run -A bench/autoencoder/main.ts [mirrored|unmirrored] [SEEDS]
 *
 * Goes on where it was stopped (data/bench-autoencoder); writes result.json.
 */
import process from "node:process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as metrics from "../../lib/metrics/mod.ts";
import * as models from "../../lib/models/mod.ts";
import * as show from "../../lib/show/mod.ts";
import { tf } from "../../lib/tensorflow/mod.ts";
import { gradientTraining, train } from "../../lib/train/mod.ts";
import { portraits } from "../portraits.ts";
import { portraitFactors } from "./portrait_factors.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const kept = join(repository, "data", "bench-autoencoder");
const resultFile = join(repository, "bench", "autoencoder", "result.json");

/** The parameters of 04. */
const form = { size: 64, filters: [16, 32, 64, 128] } as const;
const wishes = { spreadPenalty: 0.01, codeNoise: 0.1, pictureNoise: 0.5, orderWeight: 0.05 };
const settings = { epochs: 80, batchSize: 16, learningRate: 0.002 };

const [name = "mirrored", seeds = "5"] = process.argv.slice(2);
if (name !== "mirrored" && name !== "unmirrored") {
  throw new Error(`Expected mirrored or unmirrored but found ${name}`);
}
const faces = await portraits(form.size);
if (!faces) {
  console.log("SKIPPED: there are no faces in ../shared/faces/kpop-synthetic");
  process.exit(0);
}
const { training, heldOut } = faces;
const factors = await portraitFactors();

const pca = await metrics.principalComponents(training, 2);
const baselines = {
  "mean face": await metrics.psnr(heldOut, pca.mean),
  "PCA, two values": await metrics.psnr(
    heldOut,
    tf.clipByValue(pca.decode(pca.encode(heldOut)), 0, 1),
  ),
};
const statistics = await models.faceStatistics(training);
const rows: Record<string, number | string>[] = [];
for (let seed = 1; seed <= Number(seeds); seed++) rows.push(await measured(seed));
console.log(baselines);
console.log(show.table(rows).text);
const results = JSON.parse(await Deno.readTextFile(resultFile).catch(() => "{}"));
await Deno.writeTextFile(
  resultFile,
  `${JSON.stringify({ ...results, baselines, [name]: rows }, null, 2)}\n`,
);

/** One net from one seed. */
async function measured(seed: number): Promise<Record<string, number | string>> {
  const autoencoder = models.buildAutoencoder({ ...form, statistics, seed });
  const { deviation } = statistics;
  const trained = gradientTraining(
    models.autoencoderObjective(autoencoder, {
      ...wishes,
      deviation,
      mirrored: name === "mirrored",
    }),
  );
  const learned = (await show.follow(
    train(trained, faces!, {
      ...settings,
      seed,
      settings: { name, ...wishes },
      checkpoint: join(kept, `${name}_${seed}.safetensors`),
    }),
    `${name}, seed ${seed}`,
  ))!;
  const best = models.searchCodes(autoencoder, heldOut);
  const codes = [
    ...await models.codesOf(autoencoder, training),
    ...await models.codesOf(autoencoder, heldOut),
  ];
  const [firstSpread, secondSpread] = metrics.codeSpread(codes).deviation;
  const row = {
    seed,
    minutes: rounded(learned.trainedSeconds / 60),
    "encoder's codes": rounded(
      await metrics.psnr(heldOut, models.reconstruct(autoencoder, heldOut)),
    ),
    "best codes": rounded(await metrics.psnr(heldOut, models.decode(autoencoder, best))),
    "spread of the values": `${firstSpread!.toFixed(2)}, ${secondSpread!.toFixed(2)}`,
    ...Object.fromEntries(
      Object.entries(factors).map(([factor, values]) => [factor, rounded(r2(codes, values))]),
    ),
  };
  best.dispose();
  trained.dispose();
  await show.save(
    show.latentGrid(await models.facesAt(autoencoder, models.codeGrid(11))),
    join(kept, `${name}_${seed}.png`),
  );
  models.dispose(autoencoder);
  return row;
}

/** What a cubic in both values tells of a factor, on the faces held out. */
function r2(codes: readonly number[][], factor: readonly number[]): number {
  const split = training.shape[0];
  const part = (of: "training" | "held out") => {
    const known = factor.map((_, face) => face).filter((face) =>
      (face < split) === (of === "training") && Number.isFinite(factor[face])
    );
    return {
      codes: known.map((face) => codes[face]!),
      factor: known.map((face) => factor[face]!),
    };
  };
  return metrics.cubicProbe(part("training"), part("held out")).r2;
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}
