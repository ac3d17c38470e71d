import assert from "node:assert/strict";
import { tf } from "../../lib/tensorflow/mod.ts";
import { readCheckpoint, writeCheckpoint } from "../../lib/train/mod.ts";

Deno.test("writeCheckpoint in half precision takes half of the space and keeps three digits", async () => {
  const folder = await Deno.makeTempDir();
  const values = tf.randomNormal([100, 100], 0, 1, "float32", 1);
  const variables = new Map([["weights", tf.variable(values)]]);
  const paths = ["float32", "float16"].map((precision) => `${folder}/${precision}.safetensors`);
  await writeCheckpoint(paths[0]!, variables, "whole");
  await writeCheckpoint(paths[1]!, variables, "half", { precision: "float16" });
  const [whole, half] = paths.map((path) => Deno.statSync(path).size);
  assert.ok(Math.abs(whole! - half! - 20_000) < 100, `${whole} and ${half} bytes`);
  const read = await readCheckpoint(paths[1]!);
  assert.equal(read!.description, "half");
  const restored = new Map([["weights", tf.variable(tf.zeros([100, 100]))]]);
  read!.restore(restored);
  const error = restored.get("weights")!.sub(values).abs().div(values.abs().add(1e-3)).max();
  assert.ok(error.dataSync()[0]! < 1e-3);
  await Deno.remove(folder, { recursive: true });
});
