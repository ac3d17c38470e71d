/**
 * An autoencoder whose codes fill a known distribution, so that new ones can be drawn from it.
 *
 * @module
 */
export { buildVae, type CodeDirections, type VaeOptions } from "./build_vae.ts";
export { divergence, type Posterior, posterior, reparameterize, type Vae } from "./vae.ts";
export { type VaeObjective, vaeObjective, type VaeObjectiveOptions } from "./vae_objective.ts";
