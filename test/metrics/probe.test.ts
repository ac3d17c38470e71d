import assert from "node:assert/strict";
import { codeSpread, cubicProbe, linearProbe, monotoneProbe, r2 } from "../../lib/metrics/mod.ts";
import { randomNumbers } from "../../lib/run/mod.ts";

function faces(count: number, seed: number, noise = 0) {
  const random = randomNumbers(seed);
  const codes = Array.from({ length: count }, () => [2 * random() - 1, 2 * random() - 1]);
  const factor = codes.map(([first, second]) =>
    0.5 + 2 * first! - second! + noise * (random() - 0.5)
  );
  return { codes, factor };
}

Deno.test("r2 is 1 for the truth, 0 for its mean, negative for worse", () => {
  assert.equal(r2([1, 2, 3], [1, 2, 3]), 1);
  assert.equal(r2([1, 2, 3], [2, 2, 2]), 0);
  assert.ok(r2([1, 2, 3], [3, 2, 1]) < 0);
});

Deno.test("linearProbe reads a linear factor off both values, and only its part off one", () => {
  const [training, heldOut] = [faces(200, 1), faces(100, 2)];
  assert.ok(linearProbe(training, heldOut).r2 > 0.999999);
  const first = (data: ReturnType<typeof faces>) => ({
    codes: data.codes.map((code) => code.slice(0, 1)),
    factor: data.factor,
  });
  // The first value has 4 of 5 parts of the variance.
  assert.ok(Math.abs(linearProbe(first(training), first(heldOut)).r2 - 0.8) < 0.07);
});

Deno.test("linearProbe finds nothing in codes that know nothing", () => {
  const [training, heldOut] = [faces(300, 1), faces(300, 2)];
  const { r2: score } = linearProbe({ ...training, factor: faces(300, 3).factor }, {
    ...heldOut,
    factor: faces(300, 4).factor,
  });
  assert.ok(Math.abs(score) < 0.05, `${score}`);
});

Deno.test("linearProbe's interval holds the score, narrows with more faces, repeats by seed", () => {
  const training = faces(300, 1, 3);
  const few = linearProbe(training, faces(40, 2, 3));
  const many = linearProbe(training, faces(1000, 2, 3));
  for (const { r2: score, interval: [low, high] } of [few, many]) {
    assert.ok(low < score && score < high);
  }
  assert.ok(many.interval[1] - many.interval[0] < few.interval[1] - few.interval[0]);
  assert.deepEqual(linearProbe(training, faces(40, 2, 3)), few);
});

Deno.test("codeSpread tells a filled square from a corner", () => {
  const filled = codeSpread(faces(2000, 5).codes);
  assert.ok(filled.deviation.every((value) => Math.abs(value - 0.577) < 0.02));
  const corner = codeSpread([[1, -1], [1, -1], [0.999, -1]]);
  assert.ok(corner.deviation.every((value) => value < 0.001));
});

Deno.test("monotoneProbe and cubicProbe follow curves that a straight line misses", () => {
  const bent = (data: ReturnType<typeof faces>) => ({
    codes: data.codes,
    factor: data.codes.map(([first, second]) => Math.sign(first!) * 2 + second! ** 3),
  });
  const [training, heldOut] = [bent(faces(600, 1)), bent(faces(300, 2))];
  const linear = linearProbe(training, heldOut).r2;
  const cubic = cubicProbe(training, heldOut).r2;
  const monotone = monotoneProbe(training, heldOut).r2;
  assert.ok(
    linear < 0.85 && cubic > linear + 0.04 && monotone > 0.97,
    `${[linear, cubic, monotone]}`,
  );
});

Deno.test("cubicProbe reads a product of values exactly, monotoneProbe cannot", () => {
  const product = (data: ReturnType<typeof faces>) => ({
    codes: data.codes,
    factor: data.codes.map(([first, second]) => first! * second!),
  });
  const [training, heldOut] = [product(faces(300, 1)), product(faces(200, 2))];
  assert.ok(cubicProbe(training, heldOut).r2 > 0.9999);
  assert.ok(monotoneProbe(training, heldOut).r2 < 0.3);
});
