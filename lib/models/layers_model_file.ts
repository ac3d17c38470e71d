import type * as tfjs from "@tensorflow/tfjs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { writeWhole } from "../run/mod.ts";
import { tf } from "../tensorflow/mod.ts";

/**
 * Writes a model as TensorFlow.js keeps it, `model.json` and `weights.bin`, which
 * `tf.loadLayersModel` reads in any browser. Each file appears whole or not at all, and `model.json`
 * last, with the checksum of the weights in it.
 */
export async function saveLayersModel(model: tfjs.LayersModel, folder: string): Promise<void> {
  await model.save(tf.io.withSaveHandler(async (artifacts) => {
    const weights = new Uint8Array(tf.io.CompositeArrayBuffer.join(artifacts.weightData));
    await writeWhole(join(folder, "weights.bin"), weights);
    const description = {
      format: "layers-model",
      generatedBy: artifacts.generatedBy,
      convertedBy: null,
      modelTopology: artifacts.modelTopology,
      weightsManifest: [{ paths: ["weights.bin"], weights: artifacts.weightSpecs }],
      userDefinedMetadata: { weightsSha256: sha256(weights) },
    };
    await writeWhole(join(folder, "model.json"), JSON.stringify(description));
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
  }));
}

/**
 * Reads a model that {@linkcode saveLayersModel} wrote.
 *
 * @throws Error where a file is missing or the weights are not those that were saved
 */
export async function loadLayersModel(folder: string): Promise<tfjs.LayersModel> {
  const description = JSON.parse(await Deno.readTextFile(join(folder, "model.json")));
  const weights = await Deno.readFile(join(folder, "weights.bin"));
  if (sha256(weights) !== description.userDefinedMetadata?.weightsSha256) {
    throw new Error(
      `The weights in ${folder} are not those of its model.json: delete the folder and train anew`,
    );
  }
  return await tf.loadLayersModel(tf.io.fromMemory({
    modelTopology: description.modelTopology,
    weightSpecs: description.weightsManifest[0].weights,
    weightData: weights.buffer,
  }));
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
