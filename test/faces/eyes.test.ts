import assert from "node:assert/strict";
import { isSeenWell, isWhole } from "../../lib/faces/detector_window.ts";
import { disagreement, refinedEyes } from "../../lib/faces/eyes.ts";
import { sharedPart } from "../../lib/faces/geometry.ts";

Deno.test("refinedEyes takes the height from the eye network and the mean of both along the line", () => {
  const [left, right] = refinedEyes([[10, 3], [52, -4]], [[12, 0], [50, 0]]);
  assert.deepEqual([left, right], [[11, 0], [51, 0]]);
});

Deno.test("disagreement is the larger of both distances in eye distances", () => {
  assert.equal(disagreement([[0, 0], [40, 0]], [[0, 2], [43, 4]]), 5 / 40);
});

Deno.test("isWhole rejects a box at an inner edge of its window, not at the picture's", () => {
  const picture = { width: 1000, height: 800 };
  const window = [0, 100, 500, 500] as const;
  assert.ok(isWhole([0, 200, 90, 100], window, picture));
  assert.ok(isWhole([380, 200, 90, 100], window, picture));
  assert.ok(!isWhole([410, 200, 90, 100], window, picture));
  assert.ok(!isWhole([200, 105, 90, 100], window, picture));
});

Deno.test("isSeenWell rejects what is tiny in a large window, unless no window shows it larger", () => {
  const large = [0, 0, 2560, 2560] as const;
  assert.ok(!isSeenWell([0, 0, 150, 150], large, 40));
  assert.ok(isSeenWell([0, 0, 170, 170], large, 40));
  assert.ok(isSeenWell([0, 0, 39, 39], large, 40));
});

Deno.test("sharedPart is 1 for a box inside another, a half for half-shifted ones", () => {
  assert.equal(sharedPart([0, 0, 100, 100], [20, 20, 10, 10]), 1);
  assert.equal(sharedPart([0, 0, 10, 10], [5, 0, 10, 10]), 0.5);
  assert.equal(sharedPart([0, 0, 10, 10], [10, 0, 10, 10]), 0);
});
