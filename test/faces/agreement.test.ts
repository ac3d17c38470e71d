import assert from "node:assert/strict";
import type { FaceRow, JudgedFace } from "../../lib/catalog/mod.ts";
import { agreement, answerOf, wilsonInterval } from "../../lib/faces/mod.ts";

const judged = (pairs: readonly (readonly [number | null, number | null])[]): JudgedFace[] =>
  pairs.map(([one, other]) => ({
    face: {} as FaceRow,
    judgements: { one: { pWoman: one, age: null }, other: { pWoman: other, age: null } },
  }));
const repeated = <Value>(count: number, value: Value): Value[] => Array(count).fill(value);

Deno.test("agreement gives kappa 0.4 for Cohen's textbook table of 20, 5, 10 and 15", () => {
  const { observed, kappa, counts } = agreement(
    judged([
      ...repeated(20, [0.9, 0.9] as const),
      ...repeated(5, [0.9, 0.1] as const),
      ...repeated(10, [0.1, 0.9] as const),
      ...repeated(15, [0.1, 0.1] as const),
    ]),
    ["one", "other"],
  );
  assert.equal(observed, 0.7);
  assert.ok(Math.abs(kappa - 0.4) < 1e-12);
  assert.deepEqual(counts, [[20, 5, 0], [10, 15, 0], [0, 0, 0]]);
});

Deno.test("agreement of models that disagree everywhere is below chance", () => {
  const { observed, kappa } = agreement(judged([[0.9, 0.1], [0.1, 0.9], [null, 0.9]]), [
    "one",
    "other",
  ]);
  assert.equal(observed, 0);
  assert.ok(kappa < 0);
});

Deno.test("agreement has no kappa where both models always say the same, and counts a missing one as unknown", () => {
  const same = agreement(judged([[0.9, 0.8], [0.7, 0.6]]), ["one", "other"]);
  assert.equal(same.observed, 1);
  assert.ok(Number.isNaN(same.kappa));
  assert.deepEqual(agreement(judged([[0.9, 0.8]]), ["one", "third"]).counts[0], [0, 0, 1]);
});

Deno.test("answerOf takes the likelier answer and knows unknown", () => {
  assert.deepEqual([0.5, 0.49, null, undefined].map(answerOf), [
    "woman",
    "man",
    "unknown",
    "unknown",
  ]);
});

Deno.test("wilsonInterval gives the published bounds, and stays inside [0, 1]", () => {
  // 81 of 263: 0.2553 to 0.3662 (Newcombe 1998, table I, method 3).
  const [low, high] = wilsonInterval(81, 263);
  assert.ok(Math.abs(low - 0.2553) < 5e-5 && Math.abs(high - 0.3662) < 5e-5, `${low}, ${high}`);
  assert.deepEqual(wilsonInterval(0, 0), [0, 1]);
  assert.equal(wilsonInterval(0, 20)[0], 0);
  const [, top] = wilsonInterval(20, 20);
  assert.ok(top <= 1 && top > 1 - 1e-12);
});
