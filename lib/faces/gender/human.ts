import { levelledSquare } from "../frame.ts";
import { joined, loadHumanGraph, network } from "../network.ts";
import type { GenderModel } from "./gender_model.ts";

/**
 * Human's `faceres`: one MobileNet with three heads, for presentation, age and a description of
 * 1,024 numbers. The probability is read from the raw output, because Human's own `genderScore`
 * is its distance from one half, cut to two digits.
 */
export async function loadHumanGender(): Promise<GenderModel> {
  const outputs = ["gender_pred/Sigmoid", "age_pred/Softmax", "global_pooling/Mean"];
  const compute = await loadHumanGraph("faceres", outputs);
  const side = 224;
  const faceres = network({ side, batch: 8, compute });
  return {
    name: "human",
    side,

    frame: (landmarks) => levelledSquare(landmarks, { side: 1.2, up: 0 }),
    async judge(views) {
      const [men, ages, embeddings] = await faceres.run(joined(views), views.length);
      return views.map((_, face) => ({
        pWoman: 1 - men![face]!,
        age: expectedAge(ages!.subarray(100 * face, 100 * (face + 1))),
        embedding: embeddings!.slice(1024 * face, 1024 * (face + 1)),
      }));
    },
  };
}

/** Mean of a distribution over the years 0 to 99. */
function expectedAge(probabilities: Float32Array): number {
  let age = 0, total = 0;
  probabilities.forEach((probability, year) => {
    age += year * probability;
    total += probability;
  });
  return age / total;
}
