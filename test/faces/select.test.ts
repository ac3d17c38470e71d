import assert from "node:assert/strict";
import { reasonAgainst } from "../../lib/faces/select.ts";

const judged = (
  human: number | null,
  faceApi: number | null,
  ages: [number, number] = [25, 20],
) => ({
  human: { pWoman: human, age: ages[0] },
  faceApi: { pWoman: faceApi, age: ages[1] },
});

Deno.test("reasonAgainst keeps a face where both models reach the threshold, 0.72 by default", () => {
  assert.equal(reasonAgainst(judged(0.72, 0.9), {}), null);
  assert.equal(reasonAgainst(judged(0.9, 0.9), { threshold: 0.95 }), "below");
});

Deno.test("reasonAgainst tells apart disagreement, two low scores, an unknown and a missing score", () => {
  assert.equal(reasonAgainst(judged(0.9, 0.7), {}), "disagree");
  assert.equal(reasonAgainst(judged(0.1, 0.7), {}), "below");
  assert.equal(reasonAgainst(judged(null, 0.9), {}), "unknown");
  assert.equal(reasonAgainst(judged(null, 0.1), {}), "below");
  assert.equal(reasonAgainst({ human: { pWoman: 0.9, age: 20 } }, {}), "not-judged");
});

Deno.test("reasonAgainst hears the models that are named, and as many as must agree", () => {
  assert.equal(reasonAgainst(judged(0.9, 0.1), { models: ["human"] }), null);
  assert.equal(reasonAgainst(judged(0.9, 0.1), { agreement: 1 }), null);
});

Deno.test("reasonAgainst drops a face as young where every model reads it as younger", () => {
  assert.equal(reasonAgainst(judged(0.9, 0.9, [9, 11]), { minimumAge: 12 }), "young");
  assert.equal(reasonAgainst(judged(0.9, 0.9, [9, 13]), { minimumAge: 12 }), null);
});
