import assert from "node:assert/strict";
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { compile, engine, tf } from "../../lib/tensorflow/mod.ts";
import { assertNear } from "./assert_near.ts";
import { deviationOf, gradientsOf } from "./finite_differences.ts";
import { cases, withoutGradient, withoutSecondOrder } from "./gradient_cases.ts";
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

for (const [name, operation] of Object.entries(withoutGradient)) {
  Deno.test(`the gradient of ${name} is an error, not a wrong value`, () => {
    assert.throws(() => deviationOf(operation, 1), /gradient/);
  });
}

for (const [name, operation] of Object.entries(cases)) {
  Deno.test(
    `first and second gradients of ${name} are the same compiled, to 1 part in 100,000`,
    { ignore: engine.name !== "tensorflow" },
    () =>
      withoutLeak(() =>
        tf.tidy(() => {
          const { at, gradients } = gradientsOf(operation, 1);
          const expected = gradients(...at).map((tensor) => tensor.dataSync());
          using compiled = compile(gradients, { firstCallEager: false });
          compiled(...at).forEach((tensor, index) =>
            assertNear(tensor, expected[index]!, { share: 1e-5, least: 1, what: `result ${index}` })
          );
        })
      ),
  );
}

Deno.test("compiled, the gradient of max-pooling nothing is nothing", () =>
  withoutLeak(() => {
    const gradient = tf.grad((x) => tf.maxPool(x as Tensor4D, 2, 2, "same"));
    using compiled = compile((x: Tensor) => gradient(tf.mul(x, 2)), { firstCallEager: false });
    for (const shape of [[0, 5, 5, 3], [2, 0, 5, 3], [2, 5, 5, 0]]) {
      tf.tidy(() => assert.deepEqual(compiled(tf.zeros(shape)).shape, shape));
    }
  }));
