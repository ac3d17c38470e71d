import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../tensorflow/mod.ts";
import { packageFile } from "./network.ts";

/** Mean colour of the pictures that face-api was trained on, which its networks want subtracted. */
export const meanColour = [122.782, 117.001, 104.298];

/** The weights of a network by their names. */
export type NamedWeights = (name: string) => tfjs.Tensor;

/**
 * Reads the weights of one of the networks in the npm package of face-api.
 *
 * @param model name of its file without ending: `age_gender_model`, `face_recognition_model`
 */
export async function loadFaceApiWeights(model: string): Promise<NamedWeights> {
  const path = packageFile("@vladmandic/face-api", "model", model);
  const manifest = JSON.parse(
    await Deno.readTextFile(`${path}-weights_manifest.json`),
  ) as { weights: tfjs.io.WeightsManifestEntry[] }[];
  const specs = manifest.flatMap(({ weights }) => weights);
  const tensors = tf.io.decodeWeights((await Deno.readFile(`${path}.bin`)).buffer, specs);
  return (name) => {
    const tensor = tensors[name];
    if (!tensor) throw new Error(`${model}: no weights named ${name}`);
    return tensor;
  };
}
