import assert from "node:assert/strict";
import {
  authenticity,
  faceJudge,
  kernelDistance,
  neighbourhoods,
  standardization,
} from "../../lib/metrics/mod.ts";
import { randomCodes } from "../../lib/models/mod.ts";

/** Points of a normal distribution around `centre`, `spread` wide in each direction. */
function normalPoints(
  count: number,
  { seed, centre = 0, spread = 1, dimensions = 8 }: {
    seed: number;
    centre?: number;
    spread?: number;
    dimensions?: number;
  },
): Float32Array[] {
  return randomCodes(count, dimensions, seed)
    .map((code) => Float32Array.from(code, (value) => centre + spread * value));
}

Deno.test("kernelDistance of two draws of one distribution is 0 within its interval, in 19 of 20", async () => {
  let held = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const { interval: [low, high] } = await kernelDistance(
      normalPoints(60, { seed }),
      normalPoints(80, { seed: 1000 + seed }),
    );
    if (low <= 0 && high >= 0) held++;
  }
  assert.ok(held >= 34, `${held} of 40`);
});

Deno.test("kernelDistance is the difference of moments that the kernel's definition gives", async () => {
  // In one dimension E (xy + 1)^3 = sum of binom(3, k) E[x^k] E[y^k]: the squared maximum mean
  // discrepancy is 3 (m1 - n1)^2 + 3 (m2 - n2)^2 + (m3 - n3)^2 of the moments.
  const left = normalPoints(3000, { seed: 1, dimensions: 1, spread: 0.5 });
  const right = normalPoints(3000, { seed: 2, dimensions: 1, centre: 0.5, spread: 0.5 });
  const expected = 3 * 0.5 ** 2 + 3 * 0.25 ** 2 + (0.5 ** 3 + 3 * 0.5 * 0.25) ** 2;
  const { value, error } = await kernelDistance(left, right);
  assert.ok(Math.abs(value - expected) < 4 * error, `${value} for ${expected}`);
  assert.ok(error < 0.1, `${error}`);
});

Deno.test("kernelDistance leaves no pair of a point with itself in", async () => {
  const points = [[1, 0], [0, 1], [1, 1]];
  const kernel = (x: number[], y: number[]) => ((x[0]! * y[0]! + x[1]! * y[1]!) / 2 + 1) ** 3;
  const others = [[2, 0], [0, 0], [1, 2]];
  let [inside, across] = [0, 0];
  points.forEach((x, i) =>
    points.forEach((y, j) => {
      if (i !== j) inside += kernel(x, y) + kernel(others[i]!, others[j]!);
      across += kernel(x, others[j]!);
    })
  );
  const { value } = await kernelDistance(points, others);
  assert.ok(Math.abs(value - (inside / 6 - 2 * across / 9)) < 1e-5);
});

Deno.test("neighbourhoods are full for one distribution, empty for one far away", async () => {
  const real = normalPoints(300, { seed: 1, dimensions: 2 });
  const same = await neighbourhoods(real, normalPoints(300, { seed: 2, dimensions: 2 }));
  assert.ok(same.precision > 0.9 && same.recall > 0.9, JSON.stringify(same));
  assert.ok(Math.abs(same.density - 1) < 0.15, JSON.stringify(same));
  // Naeem et al., equation 9: 1 - (1 - k / (2 n))... for equal numbers and k = 5 about 31 / 32.
  assert.ok(Math.abs(same.coverage - 31 / 32) < 0.03, JSON.stringify(same));
  const far = await neighbourhoods(real, normalPoints(300, { seed: 3, dimensions: 2, centre: 50 }));
  assert.deepEqual(far, { precision: 0, recall: 0, density: 0, coverage: 0 });
});

Deno.test("neighbourhoods tell bad faces (precision) from missing ones (recall, coverage)", async () => {
  const real = [
    ...normalPoints(150, { seed: 1, dimensions: 2 }),
    ...normalPoints(150, { seed: 2, dimensions: 2, centre: 20 }),
  ];
  const half = await neighbourhoods(real, normalPoints(150, { seed: 3, dimensions: 2 }));
  assert.ok(half.precision > 0.9 && half.recall < 0.6 && half.coverage < 0.6);
  const more = [
    ...normalPoints(150, { seed: 4, dimensions: 2 }),
    ...normalPoints(150, { seed: 5, dimensions: 2, centre: 20 }),
    ...normalPoints(300, { seed: 6, dimensions: 2, centre: -20, spread: 0.1 }),
  ];
  const strays = await neighbourhoods(real, more);
  assert.ok(strays.precision < 0.6 && strays.recall > 0.9);
});

Deno.test("authenticity counts copies, and names what they are copies of", async () => {
  const training = normalPoints(100, { seed: 1 });
  const copies = training.slice(0, 40).map((point) => point.map((value) => value + 1e-3));
  const all = await authenticity(training, copies);
  assert.equal(all.authentic, 0);
  assert.deepEqual(all.nearest, Array.from({ length: 40 }, (_, index) => index));
  assert.ok(all.distances.every((distance) => distance < 0.01));
  const { authentic } = await authenticity(training, normalPoints(400, { seed: 2 }));
  assert.ok(authentic > 0.4 && authentic < 0.8, `${authentic}`);
});

Deno.test("standardization gives the reference a mean of 0 and a mean square of 1", () => {
  const reference = normalPoints(200, { seed: 1, centre: 7, spread: 3 });
  const points = standardization(reference)(reference);
  const values = points.flatMap((point) => [...point]);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
  assert.ok(Math.abs(mean) < 1e-6 && Math.abs(square - 1) < 1e-5);
});

Deno.test("faceJudge puts held-out faces before noise in every measure, and counts found faces", async () => {
  // Faces of one pixel: the embedder reads its colour.
  const face = (point: Float32Array) => ({
    width: 1,
    height: 1,
    data: Uint8Array.from(point, (value) => 128 + 20 * value),
  });
  const faces = (count: number, seed: number, centre = 0) =>
    normalPoints(count, { seed, centre, dimensions: 3 }).map(face);
  const { judge, floor, distances } = await faceJudge({
    training: faces(120, 1),
    heldOut: faces(40, 2),
    embedders: [{
      name: "color",
      describe: (crops) =>
        Promise.resolve(crops.map(({ data }) => ({ embedding: data, pWoman: data[0]! / 255 }))),
    }],
    findFaces: (crops) => Promise.resolve(crops.map((_, index) => index % 4 > 0)),
  });
  const off = await judge(faces(40, 3, 3));
  const [good, bad] = [floor.seenBy.color!, off.seenBy.color!];
  assert.ok(good.kernelDistance.interval[0] < 0 && bad.kernelDistance.interval[0] > 1);
  assert.ok(good.precision > bad.precision && good.coverage > bad.coverage);
  assert.equal(off.faceFound, 0.75);
  assert.ok(floor.pWoman < off.pWoman);
  assert.equal((await distances(faces(40, 3, 3))).color, bad.kernelDistance.value);
});
