import assert from "node:assert/strict";
import fc from "fast-check";
import { calibrated, fitPlatt, type GenderModel, platt, reliability } from "../../lib/faces/mod.ts";
import { randomNumbers } from "../../lib/run/mod.ts";

/** Samples of a network whose scores are off by a known slope and offset. */
function samplesOf(slope: number, offset: number, count: number, seed: number) {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, () => {
    const logOdds = 8 * random() - 4;
    const isWoman = random() < 1 / (1 + Math.exp(-logOdds));
    return { isWoman, score: 1 / (1 + Math.exp(-(logOdds - offset) / slope)) };
  });
}

Deno.test("fitPlatt finds the slope and offset by which scores are off", () => {
  const { slope, offset } = fitPlatt([samplesOf(1.6, -0.7, 20000, 1)]);
  assert.ok(Math.abs(slope - 1.6) < 0.08, `slope ${slope}`);
  assert.ok(Math.abs(offset + 0.7) < 0.08, `offset ${offset}`);
});

Deno.test("fitPlatt stays finite where women and men are told apart without a mistake", () => {
  const samples = [0.9, 0.95, 0.99].flatMap((score) => [
    { score, isWoman: true },
    { score: 1 - score, isWoman: false },
  ]);
  const { slope, offset } = fitPlatt([samples]);
  assert.ok(slope > 0 && slope < 10, `slope ${slope}`);
  assert.ok(Math.abs(offset) < 1e-6, `offset ${offset}`);
});

Deno.test("platt keeps the order of scores and stays inside [0, 1]", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, share, (a, b) => {
      const map = { slope: 1.7, offset: -0.4 };
      const [low, high] = [platt(Math.min(a, b), map), platt(Math.max(a, b), map)];
      assert.ok(low >= 0 && high <= 1 && low <= high);
    }),
    { seed: 1 },
  );
});

Deno.test("reliability of honest probabilities has next to no error; of boastful ones it has", () => {
  const honest = reliability(samplesOf(1, 0, 20000, 2));
  const boastful = reliability(samplesOf(0.4, 0, 20000, 2));
  assert.ok(honest.expectedError < 0.02, `${honest.expectedError}`);
  assert.ok(boastful.expectedError > 0.05, `${boastful.expectedError}`);
  assert.ok(boastful.brier > honest.brier);
  assert.equal(honest.bins.reduce((sum, { count }) => sum + count, 0), 20000);
});

Deno.test("calibrated maps a model's scores and says unknown near one half", async () => {
  const model: GenderModel = {
    name: "stub",
    side: 1,
    frame: () => ({ centre: [0, 0], side: 1, angle: 0 }),
    judge: () => Promise.resolve([0.9, 0.52, 0.1].map((pWoman) => ({ pWoman, age: 30 }))),
  };
  const judge = async (unknownWithin?: number) =>
    (await calibrated(model, {
      platt: { slope: 2, offset: 0 },
      ...(unknownWithin === undefined ? {} : { unknownWithin }),
    }).judge([])).map(({ pWoman }) => pWoman && Math.round(1000 * pWoman) / 1000);
  assert.deepEqual(await judge(), [0.988, null, 0.012]);
  assert.deepEqual(await judge(0), [0.988, 0.54, 0.012]);
  assert.throws(() => calibrated(model), /No calibration of a model named stub/);
});
