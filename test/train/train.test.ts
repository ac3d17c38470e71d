import assert from "node:assert/strict";
import { join } from "node:path";
import { liveHandles, randomSeeds, tf } from "../../lib/tensorflow/mod.ts";
import { readCheckpoint, train, type TrainingProgress } from "../../lib/train/mod.ts";
import { stateBits, tinyTraining } from "./tiny.ts";

const options = { epochs: 4, batchSize: 8, learningRate: 3e-3 };

async function last(reports: AsyncIterable<TrainingProgress>): Promise<TrainingProgress> {
  const all = await Array.fromAsync(reports);
  return all.at(-1)!;
}

Deno.test("a step lowers the loss on its own batch", async () => {
  const { training, pictures, dispose } = await tinyTraining();
  const batch = pictures.training.slice(0, 16);
  const [first] = await training.evaluate(batch).data();
  for (let step = 0; step < 20; step++) {
    (await training.step(batch, tf.scalar(3e-3), randomSeeds(step))).dispose();
  }
  const [after] = await training.evaluate(batch).data();
  assert.ok(after! < 0.8 * first!, `from ${first} to ${after}`);
  dispose();
});

Deno.test("train reports falling errors and a complete history", async () => {
  const { training, pictures, dispose } = await tinyTraining();
  const report = await last(train(training, pictures, { ...options, epochs: 12 }));
  assert.equal(report.done, report.total);
  assert.equal(report.done, 12 * 5 * 8);
  assert.deepEqual(report.history.map(({ epoch }) => epoch), [
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    11,
    12,
  ]);
  assert.ok(report.history.at(-1)!.heldOut < 0.7 * report.history[0]!.heldOut);
  assert.equal(report.heldOut, report.history.at(-1)!.heldOut);
  dispose();
});

Deno.test("train leaves no tensor behind, in the loop or after it", async () => {
  const { training, pictures, dispose } = await tinyTraining();
  const counts: number[] = [];
  for await (const { epochFinished } of train(training, pictures, options)) {
    if (epochFinished) counts.push(tf.memory().numTensors);
  }
  assert.deepEqual(counts, counts.map(() => counts[0]));
  const handles = liveHandles();
  await last(train(training, pictures, options));
  assert.equal(liveHandles(), handles);
  dispose();
});

Deno.test("train gives the same weights for the same seeds", async () => {
  const bits: string[] = [];
  for (let run = 0; run < 2; run++) {
    const { training, pictures, dispose } = await tinyTraining();
    await last(train(training, pictures, options));
    bits.push(await stateBits(training.state));
    dispose();
  }
  assert.equal(bits[0], bits[1]);
});

Deno.test("train stops after the step in hand, keeps the net, and resumes bit for bit", async () => {
  const folder = await Deno.makeTempDir();
  const checkpoint = join(folder, "checkpoint.safetensors");

  const undisturbed = await tinyTraining();
  const whole = await last(train(undisturbed.training, undisturbed.pictures, options));
  const expected = await stateBits(undisturbed.training.state);
  undisturbed.dispose();

  const stopped = await tinyTraining();
  const controller = new AbortController();
  const step = stopped.training.step;
  let steps = 0;
  const interrupted = {
    ...stopped.training,
    step: (...args: Parameters<typeof step>) => {
      if (++steps === 8) controller.abort(); // In the second epoch, while a step is running.
      return step(...args);
    },
  };
  const report = await last(
    train(interrupted, stopped.pictures, { ...options, checkpoint }, controller.signal),
  );
  assert.equal(steps, 8);
  assert.equal(report.done, 8 * 8);
  assert.equal(report.epoch, 1);
  const kept = await stateBits(stopped.training.state);
  stopped.dispose();

  const resumed = await tinyTraining(99); // Other first weights: all must come from the file.
  const reports = train(resumed.training, resumed.pictures, { ...options, checkpoint });
  const first = (await reports.next()).value as TrainingProgress;
  assert.equal(first.resumed, 8 * 8);
  assert.equal(await stateBits(resumed.training.state), kept);
  const end = await last(reports);
  assert.equal(await stateBits(resumed.training.state), expected);
  assert.deepEqual(end.history, whole.history);
  resumed.dispose();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("train keeps its state where the reader breaks out of the loop", async () => {
  const folder = await Deno.makeTempDir();
  const checkpoint = join(folder, "checkpoint.safetensors");
  const { training, pictures, dispose } = await tinyTraining();
  for await (const { epoch } of train(training, pictures, { ...options, checkpoint })) {
    if (epoch === 2) break;
  }
  const found = await readCheckpoint(checkpoint);
  assert.equal((found?.description as { epoch: number }).epoch, 2);
  dispose();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("train does not repeat what is complete, and starts anew for others", async () => {
  const folder = await Deno.makeTempDir();
  const checkpoint = join(folder, "checkpoint.safetensors");
  const { training, pictures, dispose } = await tinyTraining();
  const kept = { ...options, checkpoint, settings: { data: "a" } };
  await last(train(training, pictures, kept));
  const again = await Array.fromAsync(train(training, pictures, kept));
  assert.equal(again.length, 1);
  assert.ok(again[0]!.epochFinished);
  assert.equal(again[0]!.history.length, options.epochs);
  const other = await Array.fromAsync(
    train(training, pictures, { ...kept, settings: { data: "b" } }),
  );
  assert.equal(other[0]!.done, 0);
  const wider = await tinyTraining(1, 3);
  const another = await Array.fromAsync(
    train(wider.training, pictures, { ...kept, settings: { data: "b" } }),
  );
  assert.equal(another[0]!.done, 0);
  wider.dispose();
  dispose();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("train names the rate when the error is no number, and spares the checkpoint", async () => {
  const folder = await Deno.makeTempDir();
  const checkpoint = join(folder, "checkpoint.safetensors");
  const { training, pictures, dispose } = await tinyTraining();
  let steps = 0;
  const failing = {
    ...training,
    step: async (...args: Parameters<typeof training.step>) => {
      const error = await training.step(...args);
      if (++steps < 7) return error;
      error.dispose();
      return tf.scalar(NaN);
    },
  };
  await assert.rejects(
    Array.fromAsync(train(failing, pictures, { ...options, checkpoint })),
    /NaN after step 7.*smaller learning rate/,
  );
  const found = await readCheckpoint(checkpoint);
  assert.equal((found?.description as { epoch: number }).epoch, 1);
  dispose();
  await Deno.remove(folder, { recursive: true });
});
