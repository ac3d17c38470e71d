import assert from "node:assert/strict";
import type { Tensor, Tensor2D, Variable } from "@tensorflow/tfjs-core";
import { compile, tf, TraceError } from "../../lib/tensorflow/mod.ts";
import { numbersFrom, programFrom } from "./random_programs.ts";
import { withoutLeak } from "./without_leak.ts";

function makeVariables(): Variable[] {
  return [1, 2, 3].map((seed) =>
    tf.tidy(() => tf.variable(tf.randomUniform([4, 4], -1, 1, "float32", seed)))
  );
}

const valuesOf = (tensors: readonly Tensor[]) => tensors.map((tensor) => [...tensor.dataSync()]);

/**
 * Equal but for what reordered or fused arithmetic may do to the last bits: TensorFlow's optimiser
 * turns x * 0.25 * b into x * (0.25 * b), and the like.
 */
function assertClose(got: number[][], expected: number[][], what: string): void {
  got.forEach((row, index) =>
    row.forEach((value, place) => {
      const wanted = expected[index]![place]!;
      const near = Object.is(value, wanted) ||
        Math.abs(value - wanted) <= 1e-5 * Math.max(1, Math.abs(wanted));
      assert.ok(near, `${what}: ${value} is not ${wanted}`);
    })
  );
}

Deno.test("200 random programs with variables and gradients give the same compiled", () =>
  withoutLeak(() => {
    let equal = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const plain = makeVariables();
      const traced = makeVariables();
      const expected = programFrom(seed, plain);
      using compiled = compile(programFrom(seed, traced), { firstCallEager: seed % 2 === 0 });
      for (let call = 0; call < 3; call++) {
        tf.tidy(() => {
          const x = tf.randomUniform([4, 4], -1, 1, "float32", 10 * seed + call) as Tensor2D;
          const wanted = valuesOf([...expected(x), ...plain]);
          const got = valuesOf([...compiled(x), ...traced]);
          assertClose(got, wanted, `program ${seed}, call ${call}`);
          if (JSON.stringify(got) === JSON.stringify(wanted)) equal++;
        });
      }
      tf.dispose([plain, traced]);
    }
    assert.ok(equal > 0.8 * 600, `${equal} of 600 calls equal to the last bit`);
  }));

Deno.test("no random sequence of calls, right or wrong, ends the process or loses a handle", async () => {
  const outcomes = { fine: 0, errors: 0 };
  await withoutLeak(async () => {
    for (let seed = 1; seed <= 400; seed++) {
      const draw = numbersFrom(seed);
      const variables = makeVariables();
      const compiled = [
        compile((x: Tensor) => tf.add(x, variables[0]!), { maximumTraces: 2 }),
        compile((x: Tensor) => variables[1]!.assign(tf.mul(tf.mean(x), variables[1]!) as never)),
        compile((x: Tensor) => tf.scalar(x.dataSync()[0]!), { firstCallEager: false }),
        compile((x: Tensor) => {
          x.dispose();
          return tf.matMul(x as Tensor2D, variables[2] as unknown as Tensor2D);
        }),
      ];
      const pool: Tensor[] = [tf.ones([4, 4]), tf.tensor1d([1, 2, 3], "int32"), tf.scalar(true)];
      const pick = () => pool[draw(pool.length)]!;
      const running: Promise<unknown>[] = [];
      const actions: (() => unknown)[] = [
        () => pool.push(tf.add(pick(), pick())),
        () => pool.push(tf.matMul(pick() as Tensor2D, pick() as Tensor2D)),
        () => pool.push(tf.reshape(pick(), [draw(5), draw(5)])),
        () => pool.push(tf.slice(pick(), [draw(4) - 1, draw(4)], [draw(4), draw(6) - 1])),
        () => pool.push(tf.gather(pick(), tf.tensor1d([draw(9) - 2], "int32"))),
        () => pool.push(tf.conv2d(pick() as never, pick() as never, draw(4), "same")),
        () => pool.push(tf.concat([pick(), pick()] as never, draw(3) - 1)),
        () => pool.push(tf.tensor(new Float32Array(draw(6)), [draw(3), draw(3)])),
        () => pool.push(tf.tensor1d(["a", "b".repeat(draw(60))])),
        () => pool.push(tf.complex(pick(), pick())),
        () => pool.push(tf.cast(pick(), (["int32", "bool", "float32"] as const)[draw(3)]!)),
        () => pool.push(pick().clone()),
        () => pool.push(tf.keep(tf.tidy(() => tf.sum(pick())))),
        () => pick().dispose(),
        () => pick().dataSync(),
        () => tf.grad((x) => tf.sum(tf.relu(x)))(pick()).dispose(),
        () => variables[draw(3)]!.assign(pick() as never),
        () => draw(8) === 0 && variables[draw(3)]!.dispose(),
        () => pool.push(...[compiled[draw(4)]!(pick()) ?? []].flat()),
        () => {
          running.push(
            compiled[draw(2)]!.async(pick()).then((result) => {
              if (result) pool.push(result as Tensor);
            }, () => outcomes.errors++),
          );
        },
        () => draw(6) === 0 && compiled[draw(4)]!.dispose(),
      ];
      for (let step = 0; step < 30; step++) {
        try {
          tf.tidy(() => {
            const before = pool.length;
            actions[draw(actions.length)]!();
            for (const tensor of pool.slice(before)) tf.keep(tensor);
          });
          outcomes.fine++;
        } catch (error) {
          assert.ok(error instanceof Error, `sequence ${seed} threw ${error}`);
          outcomes.errors++;
          if (error instanceof TraceError) assert.match(error.message, /compile\(\)|compiled/);
        }
        if (draw(10) === 0) await Promise.all(running);
      }
      await Promise.all(running);
      for (const each of compiled) each.dispose();
      for (const each of [...pool, ...variables]) if (!each.isDisposed) each.dispose();
    }
  });
  assert.ok(outcomes.fine > 4000 && outcomes.errors > 1000, JSON.stringify(outcomes));
});
