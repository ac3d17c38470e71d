import assert from "node:assert/strict";
import fc from "fast-check";
import { shuffledOrder, splitByGroup } from "../../lib/run/mod.ts";

Deno.test("splitByGroup has every piece once, no group on both sides and no more held out than asked", () => {
  const groups = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 60 });
  fc.assert(
    fc.property(groups, fc.nat(20), fc.nat(99), (groups, heldOut, seed) => {
      const split = splitByGroup(groups, { heldOut, seed });
      assert.ok(split.heldOut.length <= heldOut);
      assert.deepEqual(
        [...split.training, ...split.heldOut].sort((a, b) => a - b),
        groups.map((_, position) => position),
      );
      const held = new Set(split.heldOut.map((position) => groups[position]));
      assert.ok(split.training.every((position) => !held.has(groups[position])));
      assert.deepEqual(splitByGroup(groups, { heldOut, seed }), split);
    }),
    { seed: 1 },
  );
});

Deno.test("splitByGroup of single pieces holds out the end of the shuffled order", () => {
  const order = shuffledOrder(20, 3);
  const groups = order.map((_, position) => position);
  const { training, heldOut } = splitByGroup(groups, { heldOut: 4, seed: 3 });
  assert.deepEqual(training, order.slice(0, -4));
  assert.deepEqual(heldOut, order.slice(-4));
  assert.deepEqual(splitByGroup(groups, { heldOut: 2, seed: null }).heldOut, [18, 19]);
});
