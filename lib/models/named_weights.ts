import type * as tfjs from "@tensorflow/tfjs";

/** Variables by names that do not depend on what else was built. */
export type NamedVariables = ReadonlyMap<string, tfjs.Variable>;

/**
 * The weights of nets, each as `part/layer/weight`.
 *
 * @param parts nets by the name of their part
 * @param kind those that training changes by gradients, those that it does not (moving averages), or all
 */
export function namedWeights(
  parts: { readonly [part: string]: Pick<tfjs.LayersModel, "layers"> },
  kind: "trainable" | "other" | "all" = "trainable",
): NamedVariables {
  const variables = new Map<string, tfjs.Variable>();
  for (const [part, model] of Object.entries(parts)) {
    for (const layer of model.layers) {
      for (const weight of weightsOf(layer, kind)) {
        const name = weight.originalName.split("/").at(-1);
        variables.set(`${part}/${layer.name}/${name}`, weight.read() as tfjs.Variable);
      }
    }
  }
  return variables;
}

function weightsOf(layer: tfjs.layers.Layer, kind: "trainable" | "other" | "all") {
  if (kind === "all") return layer.weights;
  return kind === "trainable" ? layer.trainableWeights : layer.nonTrainableWeights;
}
