import assert from "node:assert/strict";
import { modelsDiffer, rangesBetween, sharesByPart } from "../../lib/faces/mod.ts";

Deno.test("rangesBetween names every value's range, an edge belonging to the upper one", () => {
  const { names, nameOf } = rangesBetween([10, 20], "°");
  assert.deepEqual(names, ["below 10°", "10 to 20°", "20° and more"]);
  assert.deepEqual([9.9, 10, 19, 20, 50].map(nameOf), [
    names[0],
    names[1],
    names[1],
    names[2],
    names[2],
  ]);
  assert.equal(nameOf(null), null);
});

Deno.test("sharesByPart counts within parts, in the order asked, with an interval around the share", () => {
  const rows = [1, 2, 3, 4, 5, null].map((value) => ({ value }));
  const shares = sharesByPart(rows, {
    partOf: ({ value }) => value === null ? null : value % 2 ? "odd" : "even",
    holds: ({ value }) => value! > 2,
    parts: ["even", "none", "odd"],
  });
  assert.deepEqual(shares.map(({ part, count, total }) => [part, count, total]), [
    ["even", 1, 2],
    ["odd", 2, 3],
  ]);
  assert.ok(shares.every(({ share, interval: [low, high] }) => low < share && share < high));
});

Deno.test("modelsDiffer sees different answers among those that were asked", () => {
  const judgements = {
    human: { pWoman: 0.9, age: null },
    faceApi: { pWoman: 0.6, age: null },
    xception: { pWoman: null, age: null },
  };
  assert.equal(modelsDiffer({ judgements }, ["human", "faceApi"]), false);
  assert.equal(modelsDiffer({ judgements }, ["human", "xception"]), true);
  assert.equal(modelsDiffer({ judgements }, ["human", "another"]), false);
});
