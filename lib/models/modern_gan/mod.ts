/**
 * A small GAN with what has been learned since DCGAN.
 *
 * @module
 */
export { buildModernGan, type ModernGanOptions } from "./build_modern_gan.ts";
export { MinibatchDeviation } from "./minibatch_deviation.ts";
export { relativisticGame, type RelativisticGameOptions } from "./relativistic_game.ts";
