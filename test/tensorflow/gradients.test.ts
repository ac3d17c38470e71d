import assert from "node:assert/strict";
import { compile, engine, tf } from "../../lib/tensorflow/mod.ts";
import { deviationOf } from "./finite_differences.ts";
import { cases, withoutSecondOrder } from "./gradient_cases.ts";
import { withoutLeak } from "./without_leak.ts";

for (const [name, operation] of Object.entries(cases)) {
  Deno.test(`the gradient of ${name} and that gradient's own agree with differences to 1 %`, () =>
    withoutLeak(() => {
      // Near a kink the difference itself is off; two of three places must agree.
      const deviations = [1, 2, 3].map((seed) => deviationOf(operation, seed));
      const isMissing = (second: number | string) =>
        engine.name !== "tensorflow" && /gradient function not found/.test(String(second));
      const good = deviations.filter(({ first, second }) =>
        first < 0.01 && (typeof second === "number" ? second < 0.01 : isMissing(second))
      );
      assert.ok(good.length >= 2, JSON.stringify(deviations));
    }));
}

for (const [name, operation] of Object.entries(withoutSecondOrder)) {
  Deno.test(`the second gradient of ${name} is an error, not a wrong value`, () => {
    const { first, second } = deviationOf(operation, 1);
    assert.ok(first < 0.01);
    assert.match(String(second), /has no gradient of its own|gradient function not found/);
  });
}

Deno.test("gradients of gradients compile: a gradient penalty is the same as op by op", () =>
  withoutLeak(() => {
    const weights = tf.randomUniform([4, 4], -1, 1, "float32", 1);
    const bend = (x: typeof weights) => tf.sum(tf.tanh(tf.matMul(tf.leakyRelu(x), weights)));
    const penalty = (x: typeof weights) =>
      tf.grad((point) => tf.sum(tf.square(tf.grad(bend)(point as typeof weights))))(x);
    using compiled = compile(penalty, { firstCallEager: false });
    tf.tidy(() => {
      const x = tf.randomUniform([4, 4], -1, 1, "float32", 2) as typeof weights;
      assert.deepEqual(compiled(x).arraySync(), penalty(x).arraySync());
    });
    weights.dispose();
  }));
