import type * as tfjs from "@tensorflow/tfjs";
import { Dataset, File, Group } from "jsfive";
import { tf } from "../../tensorflow/mod.ts";

/**
 * A model from the HDF5 file that Keras 2 saves: its layers from the attribute `model_config`, their
 * weights from the group `model_weights`.
 *
 * @param bytes the whole file
 * @throws Error where the file is no HDF5 file, or holds no Keras model, or lacks a weight
 */
export async function kerasModel(bytes: Uint8Array<ArrayBuffer>): Promise<tfjs.LayersModel> {
  const file = new File(bytes.slice().buffer, "model.hdf5");
  const config = file.attrs.model_config;
  const weights = file.keys.includes("model_weights") ? file.get("model_weights") : null;
  if (typeof config !== "string" || !(weights instanceof Group)) {
    throw new Error("Expected a file written by Keras' model.save, but it holds no model");
  }
  // The parameter's type wants more than the function reads.
  const topology = { modelTopology: JSON.parse(config) } as tfjs.io.ModelJSON;
  const model = await tf.models.modelFromJSON(topology);
  for (const layer of model.layers) {
    if (layer.weights.length > 0) setWeights(layer, weights);
  }
  return model;
}

/** Keras lists a layer's weights in the order in which TensorFlow.js wants them. */
function setWeights(layer: tfjs.layers.Layer, weights: Group): void {
  const group = weights.keys.includes(layer.name) ? weights.get(layer.name) : null;
  if (!(group instanceof Group)) throw new Error(`The file lacks the weights of ${layer.name}`);
  const tensors = (group.attrs.weight_names as string[]).map((padded) => {
    const dataset = group.get(padded.replace(/\0+$/, ""));
    if (!(dataset instanceof Dataset)) throw new Error(`The file lacks the weight ${padded}`);
    return tf.tensor(Float32Array.from(dataset.value as number[]), dataset.shape);
  });
  layer.setWeights(tensors);
  tf.dispose(tensors);
}
