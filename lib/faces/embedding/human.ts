import { loadHumanGraph, network } from "../network.ts";
import { type FaceEmbedder, resizedValues } from "./embedder.ts";

/** Human's `faceres`: 1,024 numbers a face, and how its presentation reads. */
export async function loadHumanEmbedder(): Promise<FaceEmbedder> {
  const compute = await loadHumanGraph("faceres", ["gender_pred/Sigmoid", "global_pooling/Mean"]);
  const faceres = network({ side: 224, batch: 8, compute });
  return {
    name: "human",
    async describe(crops) {
      const values = await resizedValues(crops, faceres.side);
      const [men, embeddings] = await faceres.run(values, crops.length);
      return crops.map((_, face) => ({
        embedding: embeddings!.slice(1024 * face, 1024 * (face + 1)),
        pWoman: 1 - men![face]!,
      }));
    },
  };
}
