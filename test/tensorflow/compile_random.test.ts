import assert from "node:assert/strict";
import type { Tensor } from "@tensorflow/tfjs-core";
import { compile, tf } from "../../lib/tensorflow/mod.ts";
import { withoutLeak } from "./without_leak.ts";

function sequence(fn: () => Tensor, seed: number, calls: number): number[][] {
  using compiled = compile(fn, { seed });
  return Array.from({ length: calls }, () => tf.tidy(() => [...compiled().dataSync()]));
}

const programs: Record<string, () => Tensor> = {
  randomUniform: () => tf.randomUniform([50], -1, 1),
  randomNormal: () => tf.randomNormal([50], 1, 2),
  truncatedNormal: () => tf.truncatedNormal([50]),
  "dropout of tf": () => tf.dropout(tf.ones([50]), 0.5),
  "a given seed": () => tf.randomUniform([50], 0, 1, "float32", 7),
};

for (const [name, program] of Object.entries(programs)) {
  Deno.test(`${name} inside compile() is new at every call and repeats with the seed`, () =>
    withoutLeak(() => {
      const first = sequence(program, 5, 4);
      assert.equal(new Set(first.map(String)).size, 4, "every call draws anew");
      assert.deepEqual(sequence(program, 5, 4), first);
      assert.notDeepEqual(sequence(program, 6, 4), first);
    }));
}

Deno.test("two draws in one compiled call differ", () =>
  withoutLeak(() => {
    using pair = compile(() => [tf.randomNormal([20]), tf.randomNormal([20])]);
    for (let call = 0; call < 3; call++) {
      tf.tidy(() => {
        const [first, second] = pair().map((tensor) => [...tensor.dataSync()]);
        assert.notDeepEqual(first, second);
      });
    }
  }));

Deno.test("random numbers inside compile() have the moments they should", () =>
  withoutLeak(() => {
    using draw = compile(() => {
      const moments = (values: Tensor) => {
        const { mean, variance } = tf.moments(values);
        return tf.stack([mean, variance, tf.min(values), tf.max(values)]);
      };
      return [
        moments(tf.randomUniform([20000], 2, 6)),
        moments(tf.randomNormal([20000], 3, 2)),
        moments(tf.truncatedNormal([20000], 1, 2)),
        moments(tf.randomUniform([20000], 0, 4, "int32").toFloat()),
        moments(tf.dropout(tf.ones([20000]), 0.25)),
      ];
    });
    for (let call = 0; call < 2; call++) {
      tf.tidy(() => {
        const [uniform, normal, truncated, integers, dropped] = draw().map((tensor) =>
          [...tensor.dataSync()] as [number, number, number, number]
        );
        const near = (got: number, expected: number, tolerance: number) =>
          assert.ok(Math.abs(got - expected) < tolerance, `${got} is not near ${expected}`);
        near(uniform![0], 4, 0.05);
        near(uniform![1], 16 / 12, 0.05);
        assert.ok(uniform![2] >= 2 && uniform![3] < 6);
        near(normal![0], 3, 0.1);
        near(normal![1], 4, 0.2);
        near(truncated![0], 1, 0.1);
        assert.ok(truncated![2] >= -3 && truncated![3] <= 5);
        near(integers![0], 1.5, 0.05);
        assert.ok(integers![2] === 0 && integers![3] === 3);
        near(dropped![0], 1, 0.03);
        near(dropped![3], 1 / 0.75, 1e-6);
      });
    }
  }));

Deno.test("a dropout layer trains inside compile() with a new mask at every call", () =>
  withoutLeak(() => {
    const layer = tf.layers.dropout({ rate: 0.5 });
    using apply = compile((x: Tensor) => layer.apply(x, { training: true }) as Tensor);
    const masks = Array.from(
      { length: 4 },
      () => tf.tidy(() => String(apply(tf.ones([2, 40])).dataSync())),
    );
    assert.equal(new Set(masks).size, 4);
  }));

Deno.test("outside of compile() random functions are TensorFlow.js's own again", () => {
  const before = tf.tidy(() => [...tf.randomUniform([5], 0, 1, "float32", 3).dataSync()]);
  sequence(() => tf.randomUniform([5]), 1, 3);
  const after = tf.tidy(() => [...tf.randomUniform([5], 0, 1, "float32", 3).dataSync()]);
  assert.deepEqual(after, before);
});
