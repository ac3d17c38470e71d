import assert from "node:assert/strict";
import fc from "fast-check";
import type { FaceRow, JudgedFace } from "../../lib/catalog/mod.ts";
import { choose, reasonAgainst } from "../../lib/faces/select.ts";

const judged = (
  human: number | null,
  faceApi: number | null,
  ages: [number, number] = [25, 20],
) => ({
  human: { pWoman: human, age: ages[0] },
  faceApi: { pWoman: faceApi, age: ages[1] },
});

/** A judged face of a given size whose embedding has a given direction. */
const face = (id: number, size: number, angle: number | null, pWoman = 0.9): JudgedFace => ({
  face: { id, quality: { size } as Readonly<Record<string, number>> } as FaceRow,
  judgements: {
    human: {
      pWoman,
      age: 25,
      embedding: angle === null ? null : Float32Array.of(Math.cos(angle), Math.sin(angle)),
    },
    faceApi: { pWoman, age: 25 },
  },
});

const reasons = (faces: readonly JudgedFace[], options = {}) =>
  choose(faces, options).map(({ reason }) => reason);

Deno.test("reasonAgainst keeps a face where both models reach the threshold, 0.72 by default", () => {
  assert.equal(reasonAgainst(judged(0.72, 0.9), {}), null);
  assert.equal(reasonAgainst(judged(0.9, 0.9), { threshold: 0.95 }), "below");
});

Deno.test("reasonAgainst tells apart disagreement, two low scores, an unknown and a missing score", () => {
  assert.equal(reasonAgainst(judged(0.9, 0.7), {}), "disagree");
  assert.equal(reasonAgainst(judged(0.1, 0.7), {}), "below");
  assert.equal(reasonAgainst(judged(null, 0.9), {}), "unknown");
  assert.equal(reasonAgainst(judged(null, 0.1), {}), "below");
  assert.equal(reasonAgainst(judged(null, null), {}), "unknown");
  assert.equal(reasonAgainst({ human: { pWoman: 0.9, age: 20 } }, {}), "not-judged");
  assert.equal(reasonAgainst({}, {}), "not-judged");
});

Deno.test("reasonAgainst hears the models that are named, and as many as must agree", () => {
  assert.equal(reasonAgainst(judged(0.9, 0.1), { models: ["human"] }), null);
  assert.equal(reasonAgainst(judged(0.9, 0.1), { agreement: 1 }), null);
  assert.throws(() => reasonAgainst(judged(0.9, 0.1), { agreement: 3 }), /1 to 2/);
});

Deno.test("reasonAgainst asks any two of three models to agree, or all three", () => {
  const models = ["human", "faceApi", "xception"];
  const three = (...[a, b, c]: (number | null)[]) => ({
    ...judged(a!, b!),
    xception: { pWoman: c!, age: null },
  });
  assert.equal(reasonAgainst(three(0.9, 0.1, 0.8), { models }), null);
  assert.equal(reasonAgainst(three(0.9, 0.1, 0.8), { models, agreement: 3 }), "disagree");
  assert.equal(reasonAgainst(three(0.9, 0.1, null), { models }), "unknown");
  assert.equal(reasonAgainst(three(0.9, 0.9, 0.8), { models, agreement: 3 }), null);
  assert.equal(reasonAgainst(judged(0.9, 0.9), { models }), "not-judged");
});

Deno.test("reasonAgainst drops a face as young where one model reads it as younger than twelve", () => {
  assert.equal(reasonAgainst(judged(0.9, 0.9, [23, 11.9]), {}), "young");
  assert.equal(reasonAgainst(judged(0.9, 0.9, [9, 23]), {}), "young");
  assert.equal(reasonAgainst(judged(0.9, 0.9, [12, 12]), {}), null);
  assert.equal(reasonAgainst(judged(0.9, 0.9, [1, 1]), { minimumAge: null }), null);
});

Deno.test("reasonAgainst never keeps at a higher threshold what a lower one rejects", () => {
  const score = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(score, score, share, share, (human, faceApi, one, other) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      if (reasonAgainst(judged(human, faceApi), { threshold: high }) === null) {
        assert.equal(reasonAgainst(judged(human, faceApi), { threshold: low }), null);
      }
    }),
    { seed: 1 },
  );
});

Deno.test("choose keeps the largest of near-duplicates and everybody without an embedding", () => {
  const faces = [face(1, 80, 0), face(2, 120, 0.01), face(3, 90, 1.2), face(4, 10, null)];
  assert.deepEqual(reasons(faces), ["duplicate", null, null, null]);
  assert.deepEqual(reasons(faces, { duplicateSimilarity: null }), [null, null, null, null]);
});

Deno.test("choose takes no rejected face for the original of a near-duplicate", () => {
  assert.deepEqual(reasons([face(1, 80, 0), face(2, 120, 0, 0.1)]), [null, "below"]);
});

Deno.test("choose keeps as many of an identity as asked, the largest", () => {
  const chain = [face(1, 50, 0), face(2, 70, 0.35), face(3, 60, 0.7), face(4, 10, 2)];
  const options = { duplicateSimilarity: null, identitySimilarity: 0.9 };
  assert.deepEqual(reasons(chain, { ...options, perIdentity: 1 }), [
    "repeated",
    null,
    "repeated",
    null,
  ]);
  assert.deepEqual(reasons(chain, { ...options, perIdentity: 2 }), ["repeated", null, null, null]);
});

Deno.test("choose drops what lies far from the average of all others", () => {
  const faces = [...Array.from({ length: 9 }, (_, id) => face(id, 50, id / 100)), face(9, 50, 2)];
  const options = { duplicateSimilarity: null };
  assert.deepEqual(reasons(faces, options).filter(Boolean), []);
  assert.deepEqual(reasons(faces, { ...options, maximumDistance: 0.5 }).at(-1), "outlier");
});

Deno.test("choose of nobody, and one that keeps nobody, are empty answers", () => {
  assert.deepEqual(choose([], { perIdentity: 1, maximumDistance: 0.5 }), []);
  assert.deepEqual(reasons([face(1, 9, 0), face(2, 9, 0)], { threshold: 1, perIdentity: 1 }), [
    "below",
    "below",
  ]);
});
