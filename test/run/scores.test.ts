import assert from "node:assert/strict";
import { join } from "node:path";
import { readScores, recordScore, type Run } from "../../lib/run/mod.ts";

Deno.test("recordScore replaces a model's score and readScores gives all, stage by stage", () => {
  const folder = Deno.makeTempDirSync();
  const path = (...parts: string[]) => join(folder, ...parts);
  const run: Run = { name: "test", folder, smoke: true, sample: null, path };
  assert.deepEqual(readScores(run), []);
  const score = { stage: "06_gan", pictures: 10, minutes: 1, measures: { "KID, Human": 2 } };
  recordScore(run, { ...score, model: "GAN" });
  recordScore(run, { ...score, model: "another, with a comma", stage: "05_vae" });
  recordScore(run, { ...score, model: "GAN", minutes: 5 });
  assert.deepEqual(readScores(run).map(({ model, minutes }) => [model, minutes]), [
    ["another, with a comma", 1],
    ["GAN", 5],
  ]);
  Deno.removeSync(folder, { recursive: true });
});
