import assert from "node:assert/strict";
import type { Scalar, Tensor2D, Variable } from "@tensorflow/tfjs-core";
import { applyAdam, compile, tf } from "../../lib/tensorflow/mod.ts";
import { withoutLeak } from "./without_leak.ts";

const rateOf = (step: number) => 0.1 * Math.sqrt(1 - 0.999 ** step) / (1 - 0.9 ** step);

function makeState(shape: [number, number], seed: number) {
  const variable = (make: () => Tensor2D) => tf.tidy(() => tf.variable(make()));
  return {
    value: variable(() => tf.randomUniform(shape, -1, 1, "float32", seed)),
    mean: variable(() => tf.zeros(shape)),
    square: variable(() => tf.zeros(shape)),
  };
}

const valuesOf = (state: Record<string, Variable>) =>
  Object.values(state).map((variable) => [...variable.dataSync()]);

Deno.test("applyAdam follows Adam's formula, op by op and as one op, to parts in a million", () =>
  withoutLeak(() => {
    const states = [1, 1].map((seed) => makeState([5, 7], seed));
    const update = (index: number) => (rate: Scalar) => {
      const { value } = states[index]!;
      applyAdam(states[index]!, tf.sub(tf.mul(value, 2), 1), rate);
    };
    using compiled = compile(update(1), { firstCallEager: false });
    const expected = valuesOf(states[0]!) as [number[], number[], number[]];
    const start = valuesOf({ value: states[1]!.value });
    const untouched = states[1]!.value.clone();
    for (let step = 1; step <= 20; step++) {
      const rate = tf.scalar(rateOf(step));
      tf.tidy(() => update(0)(rate));
      compiled(rate);
      rate.dispose();
      const [value, mean, square] = expected;
      value.forEach((old, place) => {
        const gradient = 2 * old - 1;
        mean[place] = 0.9 * mean[place]! + 0.1 * gradient;
        square[place] = 0.999 * square[place]! + 0.001 * gradient ** 2;
        value[place]! -= rateOf(step) * mean[place]! / (Math.sqrt(square[place]!) + 1e-7);
      });
    }
    assert.deepEqual([[...untouched.dataSync()]], start, "the tensor before the steps");
    untouched.dispose();
    for (const state of states) {
      valuesOf(state).forEach((row, index) =>
        row.forEach((got, place) => {
          const wanted = expected[index]![place]!;
          assert.ok(Math.abs(got - wanted) < 2e-5, `${got} is not ${wanted}`);
        })
      );
      tf.dispose(Object.values(state));
    }
  }));

Deno.test("compiled functions with applyAdam run at the same time without mixing their variables", async () => {
  await withoutLeak(async () => {
    const states = [makeState([200, 200], 1), makeState([200, 200], 1), makeState([200, 200], 1)];
    const steps = states.map((state) =>
      compile(
        (rate: Scalar) =>
          applyAdam(state, tf.matMul(state.value as never, state.value as never), rate),
        {
          firstCallEager: false,
        },
      )
    );
    const rate = tf.scalar(0.01);
    for (let round = 0; round < 5; round++) {
      await Promise.all(steps.slice(1).map((step) => step.async(rate)));
      steps[0]!(rate);
    }
    assert.deepEqual(valuesOf(states[1]!), valuesOf(states[0]!));
    assert.deepEqual(valuesOf(states[2]!), valuesOf(states[0]!));
    for (const step of steps) step.dispose();
    tf.dispose([rate, ...states.flatMap((state) => Object.values(state))]);
  });
});
