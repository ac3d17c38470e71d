/**
 * An autoencoder whose codes fill a known distribution, so that new ones can be drawn from it.
 *
 * @module
 */
export { buildVae, type VaeOptions } from "./build_vae.ts";
export {
  type GaussianMixture,
  gaussianMixture,
  type GaussianMixtureOptions,
} from "./gaussian_mixture.ts";
export { codeMeans, divergenceByValue } from "./look.ts";
export { divergence, type Posterior, posterior, reparameterize, type Vae } from "./vae.ts";
export { vaeObjective, type VaeObjectiveOptions } from "./vae_objective.ts";
export { standardizeCodes } from "./standard_codes.ts";
export { type NormalDistribution, normalDistribution } from "./normal_distribution.ts";
