import assert from "node:assert/strict";
import fc from "fast-check";
import { tf } from "../../lib/tensorflow/mod.ts";
import { withoutLeak } from "./without_leak.ts";

const long = "a text that is longer than the 22 bytes that fit into the string object itself";

Deno.test("string tensors give back texts of every length and script", () =>
  withoutLeak(() =>
    fc.assert(fc.property(fc.array(fc.string({ unit: "grapheme" }), { maxLength: 20 }), (texts) => {
      tf.tidy(() =>
        assert.deepEqual(tf.tensor1d(texts, "string").dataSync(), texts as unknown as string[])
      );
    }))
  ));

Deno.test("string tensors that share memory live on when one of them is disposed", () =>
  withoutLeak(() => {
    const row = tf.tensor1d([long, "short", long + long, ""]);
    const square = row.reshape([2, 2]);
    tf.slice(square, [0, 0], [1, 2]).dispose();
    row.dispose();
    assert.deepEqual(square.arraySync(), [[long, "short"], [long + long, ""]]);
    square.dispose();
  }));

Deno.test("ops on strings: slicing, joining, comparing, splitting", () =>
  withoutLeak(() =>
    tf.tidy(() => {
      const texts = tf.tensor1d(["b", long, "a"]);
      assert.deepEqual(tf.slice(texts, [1], [2]).arraySync() as unknown, [long, "a"]);
      assert.deepEqual(tf.concat([texts, texts]).shape, [6]);
      assert.deepEqual(tf.equal(texts, tf.scalar("a")).arraySync(), [0, 0, 1]);
      assert.deepEqual(tf.stack(tf.unstack(texts)).arraySync() as unknown, ["b", long, "a"]);
    })
  ));

Deno.test("string tensors made and disposed leave resident memory as it was", () => {
  const texts = Array.from({ length: 50 }, () => long.repeat(20));
  const makeAndDispose = (rounds: number) => {
    for (let round = 0; round < rounds; round++) {
      tf.tidy(() => {
        const tensor = tf.tensor1d(texts);
        tf.concat([tensor, tensor.reshape([50])]);
      });
    }
  };
  makeAndDispose(1000);
  const growths = Array.from({ length: 3 }, () => {
    const before = Deno.memoryUsage().rss;
    makeAndDispose(1500);
    return Deno.memoryUsage().rss - before;
  });
  // The rounds touch 117 MB of texts three times over: a leak of any of them shows each time, while
  // JavaScript's own heap, which is collected when it pleases, does not grow three times in a row.
  assert.ok(Math.min(...growths) < 40e6, `resident memory grew by ${growths} bytes`);
});
