import type * as tfjs from "@tensorflow/tfjs";

/** Variables by names that do not depend on what else was built. */
export type NamedVariables = ReadonlyMap<string, tfjs.Variable>;

/**
 * The weights of nets, each as `part/layer/weight`.
 *
 * @param parts nets by the name of their part
 * @param kind those that training changes by gradients, or those that it does not (moving averages)
 */
export function namedWeights(
  parts: Readonly<Record<string, tfjs.LayersModel>>,
  kind: "trainable" | "other" = "trainable",
): NamedVariables {
  const variables = new Map<string, tfjs.Variable>();
  for (const [part, model] of Object.entries(parts)) {
    for (const layer of model.layers) {
      const weights = kind === "trainable" ? layer.trainableWeights : layer.nonTrainableWeights;
      for (const weight of weights) {
        const name = weight.originalName.split("/").at(-1);
        variables.set(`${part}/${layer.name}/${name}`, weight.read() as tfjs.Variable);
      }
    }
  }
  return variables;
}
