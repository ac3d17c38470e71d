import assert from "node:assert/strict";
import { attributeDirection, qualityMeasures, qualityRows } from "../../lib/metrics/mod.ts";
import { randomNumbers } from "../../lib/run/mod.ts";

Deno.test("attributeDirection is how codes differ where the attribute is one standard deviation larger", () => {
  const random = randomNumbers(1);
  const codes = Array.from({ length: 400 }, () => [random(), 3 * random(), random() - 5]);
  const attribute = codes.map(([a, b]) => 2 * a! - b! + 7);
  const { step, correlation } = attributeDirection(codes, attribute);
  const mean = attribute.reduce((sum, value) => sum + value, 0) / 400;
  const deviation = Math.sqrt(
    attribute.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 400,
  );
  // Variances of even spreads are their squares over 12; the third value has nothing to do with it.
  const expected = [2 / 12 / deviation, -9 / 12 / deviation, 0];
  step.forEach((value, index) => assert.ok(Math.abs(value - expected[index]!) < 0.05, `${step}`));
  assert.ok(correlation > 0.9999);
  const noise = attributeDirection(codes, codes.map(() => random()));
  assert.ok(Math.abs(noise.correlation) < 0.2);
  assert.throws(() => attributeDirection(codes, codes.map(() => 1)), RangeError);
});

Deno.test("qualityRows and qualityMeasures name the same measures, distances with their interval", () => {
  const view = {
    kernelDistance: { value: 0.5, error: 0.1, interval: [0.3, 0.7] as const },
    precision: 0.9,
    recall: 0.8,
    density: 1.1,
    coverage: 0.7,
    authentic: 0.6,
    nearest: [],
    distances: [],
  };
  const quality = { count: 3, seenBy: { human: view, faceApi: view }, faceFound: 1, pWoman: 0.95 };
  const [row] = qualityRows({ "some faces": quality });
  const { faces, ...cells } = row!;
  assert.equal(faces, "some faces");
  assert.deepEqual(Object.keys(cells), Object.keys(qualityMeasures(quality)));
  assert.equal(cells["KID, Human"], "0.50 ± 0.20");
  assert.equal(qualityMeasures(quality)["face found"], 1);
});
