import assert from "node:assert/strict";
import { ahead } from "../../lib/faces/ahead.ts";

Deno.test("ahead gives results in the list's order with at most depth pieces in the making", async () => {
  let [running, most] = [0, 0];
  const release: (() => void)[] = [];
  const work = async (item: number) => {
    most = Math.max(most, ++running);
    await new Promise<void>((resolve) => release[item] = resolve);
    running--;
    return 10 * item;
  };
  const results = Array.fromAsync(ahead([0, 1, 2, 3, 4], work, 2));
  while (release.length < 2) await Promise.resolve();
  release[1]!();
  for (const item of [0, 2, 3, 4]) {
    while (!release[item]) await new Promise((resolve) => setTimeout(resolve));
    release[item]!();
  }
  assert.deepEqual(await results, [0, 10, 20, 30, 40]);
  assert.equal(most, 2);
});

Deno.test("ahead throws the error of a piece when its turn comes", async () => {
  const seen: number[] = [];
  const work = (item: number) =>
    item === 1 ? Promise.reject(new Error("broken")) : Promise.resolve(item);
  await assert.rejects(async () => {
    for await (const result of ahead([0, 1, 2], work)) seen.push(result);
  }, /broken/);
  assert.deepEqual(seen, [0]);
});
