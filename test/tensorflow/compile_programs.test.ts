import assert from "node:assert/strict";
import type { Tensor2D, Variable } from "@tensorflow/tfjs-core";
import { compile, tf } from "../../lib/tensorflow/mod.ts";
import { programFrom } from "./random_programs.ts";
import { valuesOf } from "./values.ts";
import { withoutLeak } from "./without_leak.ts";

function makeVariables(): Variable[] {
  return [1, 2, 3].map((seed) =>
    tf.tidy(() => tf.variable(tf.randomUniform([4, 4], -1, 1, "float32", seed)))
  );
}

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
