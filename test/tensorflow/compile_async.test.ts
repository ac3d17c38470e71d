import assert from "node:assert/strict";
import type { Scalar, Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { compile, engine, tf } from "../../lib/tensorflow/mod.ts";
import { valuesOf, variable } from "./values.ts";
import { withoutLeak } from "./without_leak.ts";

const onTensorFlow = { ignore: engine.name !== "tensorflow" };

Deno.test("async calls give the same results, in order, while JavaScript runs on", async () => {
  await withoutLeak(async () => {
    const total = variable(tf.scalar(0));
    using add = compile((x: Tensor) => {
      total.assign(tf.add(total, x) as Scalar);
      return tf.mul(total, 2);
    });
    const numbers = [1, 2, 3, 4, 5].map((value) => tf.scalar(value));
    const calls = numbers.map((number) => add.async(number));
    assert.throws(() => add(numbers[0]!), /still running/);
    assert.throws(() => add.dispose(), /still running/);
    const results = await Promise.all(calls);
    assert.deepEqual(valuesOf(results).flat(), [2, 6, 12, 20, 30]);
    tf.dispose([numbers, results, total]);
  });
});

Deno.test("timers fire while an async call computes", onTensorFlow, async () => {
  await withoutLeak(async () => {
    using slow = compile((x: Tensor2D) => {
      let product = x;
      for (let round = 0; round < 30; round++) product = tf.matMul(product, x);
      return product;
    }, { firstCallEager: false });
    const x = tf.randomUniform([600, 600], 0, 0.001, "float32", 1) as Tensor2D;
    slow(x).dispose();
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const result = await slow.async(x);
    clearInterval(timer);
    assert.ok(ticks > 3, `${ticks} ticks`);
    tf.dispose([x, result]);
  });
});

Deno.test("a variable assigned under a running async call is an error", onTensorFlow, async () => {
  await withoutLeak(async () => {
    const total = variable(tf.zeros([300, 300]));
    using step = compile((x: Tensor2D) => total.assign(tf.add(total, tf.matMul(x, x))), {
      firstCallEager: false,
    });
    const x = tf.ones([300, 300]) as Tensor2D;
    step(x);
    const call = step.async(x);
    await Promise.resolve();
    await Promise.resolve();
    tf.tidy(() => total.assign(tf.ones([300, 300])));
    await assert.rejects(call, /assigned or disposed while a compiled call/);
    tf.dispose([x, total]);
  });
});

Deno.test("an argument disposed while its async call waits is an error", onTensorFlow, async () => {
  await withoutLeak(async () => {
    using noisy = compile((x: Tensor) => tf.add(tf.randomUniform([2]), x), {
      firstCallEager: false,
    });
    const x = tf.scalar(1);
    tf.dispose(noisy(x));
    const call = noisy.async(x);
    x.dispose();
    await assert.rejects(call, /argument .* was disposed/);
  });
});
