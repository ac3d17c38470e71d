import assert from "node:assert/strict";
import type { LayersModel, Scalar, Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs";
import { compile, engine, liveHandles, tf, TraceError } from "../../lib/tensorflow/mod.ts";
import { valuesOf, variable } from "./values.ts";
import { withoutLeak } from "./without_leak.ts";

const onTensorFlow = { ignore: engine.name !== "tensorflow" };

/** Two nets with the same weights. */
function twins(): [LayersModel, LayersModel] {
  const build = () =>
    tf.sequential({
      layers: [
        tf.layers.conv2d({
          inputShape: [8, 8, 2],
          filters: 4,
          kernelSize: 3,
          padding: "same",
          activation: "relu",
        }),
        tf.layers.batchNormalization(),
        tf.layers.maxPooling2d({ poolSize: 2 }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 3, activation: "tanh" }),
        tf.layers.dense({ units: 1, activation: "sigmoid" }),
      ],
    });
  const [first, second] = [build(), build()];
  second.setWeights(first.getWeights());
  return [first, second];
}

const optimizers = {
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.1, 0.9),
  adam: () => tf.train.adam(0.01),
  rmsprop: () => tf.train.rmsprop(0.01, 0.9, 0.5, undefined, true),
  adagrad: () => tf.train.adagrad(0.1),
};

for (const [name, makeOptimizer] of Object.entries(optimizers)) {
  Deno.test(`compile() trains with ${name} exactly as the function does itself`, () =>
    withoutLeak(() => {
      const models = twins();
      const images = tf.randomUniform([6, 8, 8, 2], 0, 1, "float32", 1) as Tensor4D;
      const labels = tf.randomUniform([6, 1], 0, 1, "float32", 2) as Tensor2D;
      const steps = models.map((model) => {
        const optimizer = makeOptimizer();
        const step = (x: Tensor4D, y: Tensor2D) =>
          optimizer.minimize(
            () => tf.losses.meanSquaredError(y, model.apply(x, { training: true }) as Tensor2D),
            true,
          )!;
        return { optimizer, step };
      });
      const compiled = compile(steps[1]!.step);
      for (let round = 0; round < 5; round++) {
        const expected = tf.tidy(() => steps[0]!.step(images, labels));
        const got = compiled(images, labels);
        assert.deepEqual(valuesOf([got]), valuesOf([expected]));
        tf.dispose([expected, got]);
      }
      assert.equal(compiled.traces, engine.name === "tensorflow" ? 1 : 0);
      assert.deepEqual(valuesOf(models[1].getWeights()), valuesOf(models[0].getWeights()));
      compiled.dispose();
      tf.dispose([images, labels]);
      for (const { optimizer } of steps) {
        optimizer.dispose();
        // The momentum optimizer forgets to dispose what it has from its parent class.
        if (name === "momentum") (optimizer as unknown as { c: Scalar }).c.dispose();
      }
      for (const model of models) model.dispose();
    }));
}

Deno.test("compile() traces once for each shape, type and plain value of the arguments", () =>
  withoutLeak(() => {
    let runs = 0;
    using scale = compile(({ x, options }: { x: Tensor; options: { by: number }[] }) => {
      runs++;
      return { scaled: tf.mul(x, options[0]!.by), by: options[0]!.by };
    }, { firstCallEager: false });
    const call = (x: Tensor, by: number) =>
      tf.tidy(() => valuesOf([scale({ x, options: [{ by }] }).scaled])[0]);
    tf.tidy(() => {
      assert.deepEqual(call(tf.tensor1d([1, 2]), 3), [3, 6]);
      assert.deepEqual(call(tf.tensor1d([4, 5]), 3), [12, 15]);
      assert.deepEqual(call(tf.tensor1d([4, 5]), 2), [8, 10]);
      assert.deepEqual(call(tf.tensor1d([4, 5, 6]), 2), [8, 10, 12]);
      assert.deepEqual(call(tf.tensor1d([4, 5], "int32"), 2), [8, 10]);
    });
    if (engine.name === "tensorflow") assert.equal(runs, 4);
  }));

Deno.test(
  "compile() keeps only as many traces as it is told",
  onTensorFlow,
  () =>
    withoutLeak(() => {
      const large = tf.ones([64, 64]);
      large.min().dispose(); // Its values are handed over to TensorFlow when it is first used.
      using total = compile((x: Tensor) => tf.sum(tf.add(x, tf.sum(large))), { maximumTraces: 3 });
      const before = liveHandles();
      for (let size = 1; size < 20; size++) {
        tf.tidy(() => void total(tf.zeros([size])));
      }
      assert.equal(total.traces, 3);
      assert.equal(liveHandles(), before + 3, "one captured tensor a trace");
      large.dispose();
      assert.deepEqual(tf.tidy(() => valuesOf([total(tf.zeros([19]))])), [[19 * 4096]]);
    }),
);

Deno.test("compile() sees a variable that is assigned outside between calls", () =>
  withoutLeak(() => {
    const weight = variable(tf.scalar(2));
    using scale = compile((x: Tensor) => tf.mul(x, weight));
    const call = () => tf.tidy(() => valuesOf([scale(tf.tensor1d([1, 10]))])[0]);
    for (const value of [2, 3, 4, 5]) {
      tf.tidy(() => weight.assign(tf.scalar(value)));
      assert.deepEqual(call(), [value, 10 * value]);
    }
    weight.dispose();
    if (engine.name === "tensorflow") assert.throws(call, /variable .* was disposed/);
  }));

Deno.test("compile() tells a variable from a tensor that shares its memory", () =>
  withoutLeak(() => {
    const start = tf.tensor1d([1, 2]);
    const moving = tf.variable(start);
    using step = compile(() => {
      moving.assign(tf.add(moving, 1));
      return tf.sub(moving, start);
    });
    for (const expected of [1, 2, 3, 4]) {
      const result = step();
      assert.deepEqual(valuesOf([result]), [[expected, expected]]);
      result.dispose();
    }
    tf.dispose([start, moving]);
  }));

Deno.test("compile() gives arguments, captured tensors and one tensor twice as results", () =>
  withoutLeak(() => {
    const captured = tf.tensor1d([7]);
    using same = compile((x: Tensor) => {
      const twice = tf.add(x, x);
      return [x, captured, twice, twice, tf.scalar(5), null, "text"] as const;
    }, { firstCallEager: false });
    for (let round = 0; round < 2; round++) {
      tf.tidy(() => {
        const [x, kept, first, second, constant, nothing, text] = same(tf.tensor1d([1]));
        const values = valuesOf([x, kept, first, second, constant]);
        assert.deepEqual(values, [[1], [7], [2], [2], [5]]);
        assert.deepEqual([nothing, text], [null, "text"]);
      });
    }
    captured.dispose();
  }));

Deno.test("compile() inside compile() becomes part of it", () =>
  withoutLeak(() => {
    using square = compile((x: Tensor) => tf.square(x));
    using fourth = compile((x: Tensor) => square(square(x)));
    for (let round = 0; round < 3; round++) {
      assert.deepEqual(tf.tidy(() => valuesOf([fourth(tf.scalar(2))])), [[16]]);
    }
  }));

Deno.test(
  "what cannot be compiled is an error that names the line",
  onTensorFlow,
  () =>
    withoutLeak(() => {
      const weight = variable(tf.scalar(1));
      const wrong: Record<string, [(x: Tensor) => unknown, RegExp]> = {
        reading: [(x) => tf.scalar(x.dataSync()[0]!), /values of a tensor are read/],
        printing: [(x) => x.print(), /values of a tensor are read/],
        "reading a variable": [() => weight.dataSync()[0], /values of a tensor are read/],
        "a value-dependent shape": [(x) => tf.unique(x as never).values, /depends on the values/],
        "random numbers": [() => tf.randomGamma([2], 1), /randomGamma draws its numbers in Java/],
        "Math.random": [(x) => tf.mul(x, Math.random()), /Math.random draws/],
        "a new variable": [(x) => tf.variable(x).assign(x), /variable is made/],
        "a disposed variable": [() => weight.dispose(), /variable is disposed/],
        "a promise": [(x) => x.data(), /asynchronous/],
        "a function as result": [() => () => 1, /not a function/],
      };
      for (const [what, [fn, message]] of Object.entries(wrong)) {
        const compiled = compile(fn, { firstCallEager: false });
        const x = tf.tensor1d([1, 2, 2]);
        assert.throws(() => compiled(x), (error: Error) => {
          assert.match(error.message, message, what);
          if (error instanceof TraceError) assert.match(error.message, /compile\.test\.ts:\d+/);
          return true;
        });
        assert.equal(compiled.traces, 0);
        assert.deepEqual(valuesOf([weight]), [[1]], `${what} left the variable as it was`);
        compiled.dispose();
        x.dispose();
      }
      const reading = compile((x: Tensor) => x.dataSync()[0], { firstCallEager: false });
      tf.tidy(() =>
        assert.throws(
          () => reading(tf.scalar(1)),
          (error) => error instanceof TraceError && /compile\.test\.ts:\d+/.test(error.message),
        )
      );
      weight.dispose();
    }),
);

Deno.test(
  "a failed trace leaves variables, gradients and the engine usable",
  onTensorFlow,
  () =>
    withoutLeak(() => {
      const weight = variable(tf.scalar(3));
      using failing = compile((x: Tensor) => {
        const slope = tf.grad((point) => {
          const product = tf.mul(tf.mul(point, point), weight);
          product.dataSync();
          return product;
        });
        weight.assign(tf.scalar(100));
        return slope(x);
      }, { firstCallEager: false });
      tf.tidy(() => {
        for (let round = 0; round < 2; round++) {
          assert.throws(() => failing(tf.scalar(1)), TraceError);
        }
      });
      assert.deepEqual(valuesOf([weight]), [[3]]);
      const slope = tf.tidy(() =>
        valuesOf([tf.grad((x) => tf.mul(x, tf.mul(x, weight)))(tf.scalar(2))])[0]
      );
      assert.deepEqual(slope, [12]);
      assert.ok(Math.random() < 1);
      weight.dispose();
    }),
);

Deno.test("gradients go through a compiled function, whether it was traced or not", () =>
  withoutLeak(() => {
    using cube = compile((x: Tensor) => tf.mul(tf.square(x), x));
    const slope = () => tf.tidy(() => valuesOf([tf.grad((x) => cube(x))(tf.scalar(2))])[0]);
    for (let round = 0; round < 3; round++) {
      assert.deepEqual(slope(), [12]);
      assert.deepEqual(tf.tidy(() => valuesOf([cube(tf.scalar(2))])[0]), [8]);
    }
  }));

Deno.test("a tensor that a trace keeps is gone afterwards", onTensorFlow, () => {
  const tensors = tf.memory().numTensors;
  let kept: Tensor | null = null;
  using keeping = compile((x: Tensor) => {
    kept = tf.keep(tf.add(x, 1));
    return kept;
  }, { firstCallEager: false });
  tf.tidy(() => keeping(tf.scalar(1)));
  assert.throws(() => kept!.dataSync(), /disposed/);
  assert.throws(() => tf.add(kept!, 1), /disposed/);
  keeping.dispose();
  assert.equal(tf.memory().numTensors, tensors + 1, "the result of the one call");
});

Deno.test("using a compiled function after dispose() is an error", () => {
  const compiled = compile((x: Tensor) => tf.add(x, 1));
  tf.tidy(() => compiled(tf.scalar(1)));
  tf.tidy(() => compiled(tf.scalar(1)));
  compiled.dispose();
  compiled.dispose();
  tf.tidy(() => assert.throws(() => compiled(tf.scalar(1)), /was disposed/));
});

Deno.test("disposing inside a compiled function touches nothing outside", () =>
  withoutLeak(() => {
    const outside = tf.ones([40, 40]);
    using sum = compile((x: Tensor) => {
      const doubled = tf.mul(x, 2);
      const result = tf.add(doubled, outside);
      doubled.dispose();
      return result;
    });
    for (let round = 0; round < 3; round++) {
      tf.tidy(() => assert.deepEqual(valuesOf([tf.sum(sum(tf.scalar(1)))]), [[4800]]));
    }
    outside.dispose();
  }));

Deno.test("a changed learning rate takes effect, and steps are counted as ever", () =>
  withoutLeak(() => {
    const run = (compiling: boolean) => {
      const weight = variable(tf.scalar(1));
      const optimizer = tf.train.adam(0.1);
      const fn = () => optimizer.minimize(() => tf.square(weight) as Scalar, true, [weight])!;
      const step = compiling ? compile(fn) : fn;
      const losses: number[] = [];
      for (let round = 0; round < 9; round++) {
        if (round === 5) (optimizer as unknown as { learningRate: number }).learningRate = 0.01;
        losses.push(tf.tidy(() => step().dataSync()[0]!));
      }
      const { iterations } = optimizer;
      tf.dispose(weight);
      optimizer.dispose();
      if (compiling) (step as ReturnType<typeof compile>).dispose();
      return { losses, iterations };
    };
    assert.deepEqual(run(true), run(false));
  }));
