import assert from "node:assert/strict";
import { mutualInformationGap, sap } from "../../lib/metrics/mod.ts";
import { randomNumbers } from "../../lib/run/mod.ts";

const random = randomNumbers(1);
const codes = Array.from({ length: 4000 }, () => [random(), random()]);
const along = (value: number) => codes.map((code) => code[value]!);
const between = codes.map(([first, second]) => first! + second!);

Deno.test("sap is the lead of the best value, and scores below 0 count as 0", () => {
  assert.equal(sap([[0.9, 0.1]]), 0.8);
  assert.ok(Math.abs(sap([[0.9, -3], [0.2, 0.5]]) - 0.6) < 1e-12);
});

Deno.test("mutualInformationGap is near 1 where each value is a factor, near 0 where both share one", () => {
  assert.ok(mutualInformationGap(codes, [along(0), along(1)]) > 0.95);
  assert.ok(mutualInformationGap(codes, [between]) < 0.05);
});
