/**
 * The nets: pure builders, what each is trained for, and how they are kept in files.
 *
 * @module
 */
export {
  type Autoencoder,
  decode,
  dispose,
  encode,
  pass,
  type Passage,
  reconstruct,
  type TrainableAutoencoder,
  trainableVariables,
} from "./autoencoder.ts";
export { loadAutoencoder, saveAutoencoder } from "./autoencoder_file.ts";
export { autoencoderObjective, type AutoencoderObjectiveOptions } from "./autoencoder_objective.ts";
export { type AutoencoderOptions, buildAutoencoder } from "./build_autoencoder.ts";
export { codeGrid, codeLoop } from "./code_square.ts";
export { type FaceStatistics, faceStatistics } from "./fixed_normalization.ts";
export { type LayerSize, layerSizes } from "./layer_sizes.ts";
export { loadLayersModel, saveLayersModel } from "./layers_model_file.ts";
export { codesOf, copiesOf, facesAt } from "./look.ts";
export { linearPath, sphericalPath } from "./code_paths.ts";
export { buildFaceGenerator, type FaceGeneratorOptions } from "./face_generator.ts";
export { generate, randomCodes } from "./generate.ts";
export { mirror } from "./mirror.ts";
export { type NamedVariables, namedWeights } from "./named_weights.ts";
export { searchCodes, type SearchOptions } from "./search_codes.ts";
export * from "./gan/mod.ts";
export * from "./imle/mod.ts";
export * from "./modern_gan/mod.ts";
export * from "./vae/mod.ts";
export {
  buildTiedAutoencoder,
  type TiedAutoencoderOptions,
  tiedObjective,
  tieWeights,
} from "./tied_autoencoder.ts";
