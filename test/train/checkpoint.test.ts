import type * as tfjs from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { join } from "node:path";
import { tf } from "../../lib/tensorflow/mod.ts";
import { readCheckpoint, writeCheckpoint } from "../../lib/train/mod.ts";
import { inFolder } from "../in_folder.ts";

const withPath = (check: (path: string) => Promise<void>) =>
  inFolder((folder) => check(join(folder, "deeper", "checkpoint.safetensors")));

const variables = () =>
  new Map<string, tfjs.Variable>([
    ["first/kernel", tf.variable(tf.tensor2d([[1.5, -2], [1e-30, 3.25]]), true)],
    ["rate", tf.variable(tf.scalar(0.1), true)],
  ]);

Deno.test("readCheckpoint brings back every number and the description", () =>
  withPath(async (path) => {
    await writeCheckpoint(path, variables(), { epoch: 3, name: "名" });
    const checkpoint = await readCheckpoint(path);
    assert.deepEqual(checkpoint?.description, { epoch: 3, name: "名" });
    const others = new Map<string, tfjs.Variable>([
      ["first/kernel", tf.variable(tf.zeros([2, 2]), true)],
      ["rate", tf.variable(tf.scalar(7), true)],
    ]);
    checkpoint?.restore(others);
    assert.deepEqual([...await others.get("first/kernel")!.data()], [
      1.5,
      -2,
      Math.fround(1e-30),
      3.25,
    ]);
    assert.deepEqual([...await others.get("rate")!.data()], [Math.fround(0.1)]);
  }));

Deno.test("readCheckpoint is null where there is no file", () =>
  withPath(async (path) => assert.equal(await readCheckpoint(path), null)));

Deno.test("readCheckpoint finds any single damaged byte, and a file cut short", () =>
  withPath(async (path) => {
    await writeCheckpoint(path, variables(), { epoch: 3 });
    const whole = await Deno.readFile(path);
    const positions = [0, 8, 20, Math.floor(whole.length / 2), whole.length - 20, whole.length - 1];
    for (const position of positions) {
      const damaged = whole.slice();
      damaged[position]! ^= 4;
      await Deno.writeFile(path, damaged);
      await assert.rejects(readCheckpoint(path), /is damaged: delete it/, `byte ${position}`);
    }
    for (const length of [0, 5, 40, whole.length - 1]) {
      await Deno.writeFile(path, whole.slice(0, length));
      await assert.rejects(readCheckpoint(path), /is damaged: delete it/, `${length} bytes`);
    }
  }));

Deno.test("restore refuses another net and leaves its variables alone", () =>
  withPath(async (path) => {
    await writeCheckpoint(path, variables(), null);
    const checkpoint = await readCheckpoint(path);
    const rate = tf.variable(tf.scalar(7));
    const other = new Map<string, tfjs.Variable>([["rate", rate], [
      "first/kernel",
      tf.variable(tf.zeros([3])),
    ]]);
    assert.throws(() => checkpoint?.restore(other), /shape \[2,2\] for first\/kernel.*needs \[3\]/);
    assert.deepEqual([...await rate.data()], [7]);
  }));
