import assert from "node:assert/strict";
import { isotonicRegression } from "../../lib/metrics/mod.ts";

Deno.test("isotonicRegression keeps what grows and pools what does not", () => {
  const grows = isotonicRegression([3, 1, 2, 4], [9, 1, 4, 16]);
  assert.deepEqual([1, 2, 3, 4].map(grows), [1, 4, 9, 16]);
  const pooled = isotonicRegression([1, 2, 3, 4], [1, 5, 3, 7]);
  assert.deepEqual([1, 2.5, 4].map(pooled), [1, 4, 7]);
  assert.deepEqual([-9, 1.75, 9].map(pooled), [1, 2.5, 7], "level outside, straight between");
});

Deno.test("isotonicRegression falling is the mirror image", () => {
  const [x, y] = [[1, 2, 3, 4], [7, 3, 5, 1]];
  const falls = isotonicRegression(x, y, { falling: true });
  const grows = isotonicRegression(x, y.map((value) => -value));
  for (const value of [0, 1.5, 2.5, 9]) assert.equal(falls(value), -grows(value));
});

Deno.test("isotonicRegression refuses lists of different length", () => {
  assert.throws(() => isotonicRegression([1, 2], [1]), /found 2, 1/);
});
