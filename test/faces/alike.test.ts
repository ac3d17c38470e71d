import assert from "node:assert/strict";
import fc from "fast-check";
import { alikeGroups, distancesFromMean, mostAlike, repeats } from "../../lib/faces/alike.ts";

const vectors = fc.array(
  fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 130, maxLength: 130 }),
  { maxLength: 12 },
).map((rows) => rows.map((row) => Float32Array.from(row)));

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, v, at) => sum + v * y[at]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

Deno.test("alikeGroups joins what a chain of alike pairs connects, and nothing else", () => {
  const similarity = 0.78;
  fc.assert(
    fc.property(vectors, (embeddings) => {
      const groups = alikeGroups(embeddings, similarity);
      for (const [i, a] of embeddings.entries()) {
        for (const [j, b] of embeddings.entries()) {
          if (cosine(a, b) > similarity + 1e-5) assert.equal(groups[i], groups[j]);
        }
        const others = embeddings.filter((_, j) => j !== i && groups[j] === groups[i]);
        if (others.length > 0) {
          assert.ok(others.some((other) => cosine(a, other) > similarity - 1e-5));
        }
      }
    }),
    { seed: 1 },
  );
});

Deno.test("repeats keeps no two that are alike and drops none without an original", () => {
  const similarity = 0.78;
  fc.assert(
    fc.property(vectors, (embeddings) => {
      const originals = repeats(embeddings, similarity);
      const kept = embeddings.filter((_, index) => originals[index] === null);
      for (const [i, a] of kept.entries()) {
        for (const b of kept.slice(0, i)) assert.ok(cosine(a, b) < similarity + 1e-5);
      }
      originals.forEach((original, index) => {
        if (original === null) return;
        assert.ok(original < index && originals[original] === null);
        assert.ok(cosine(embeddings[original]!, embeddings[index]!) > similarity - 1e-5);
      });
    }),
    { seed: 1 },
  );
});

Deno.test("mostAlike finds the closest pairs of all", () => {
  fc.assert(
    fc.property(vectors, (embeddings) => {
      const all = embeddings.flatMap((a, i) => embeddings.slice(0, i).map((b) => cosine(a, b)))
        .sort((a, b) => b - a).slice(0, 3);
      mostAlike(embeddings, 3).forEach(({ similarity }, rank) =>
        assert.ok(Math.abs(similarity - all[rank]!) < 1e-5)
      );
    }),
    { seed: 1 },
  );
});

Deno.test("a vector that is missing is alike to nothing and has no distance", () => {
  const embeddings = [null, Float32Array.of(1, 0), null, Float32Array.of(2, 0)];
  assert.deepEqual(alikeGroups(embeddings, 0.9), [0, 1, 2, 1]);
  assert.deepEqual(repeats(embeddings, 0.9), [null, null, null, 1]);
  assert.deepEqual(distancesFromMean(embeddings), [null, 0, null, 0]);
  assert.deepEqual(mostAlike(embeddings, 2).map(({ first, second }) => [first, second]), [[1, 3]]);
});
