import assert from "node:assert/strict";
import { liveHandles, tf } from "../../lib/tensorflow/mod.ts";

/** Runs `action` and asserts that it leaves as many tensors and handles behind as it found. */
export async function withoutLeak(action: () => unknown): Promise<void> {
  const handles = liveHandles();
  const tensors = tf.memory().numTensors;
  await action();
  assert.equal(tf.memory().numTensors, tensors, "tensors left behind");
  assert.equal(liveHandles(), handles, "handles left behind");
}
