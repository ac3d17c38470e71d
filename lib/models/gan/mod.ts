/**
 * A generator and a discriminator that play against each other.
 *
 * @module
 */
export { augment, type Augmentation } from "./augment.ts";
export { buildGan, type GanOptions } from "./build_gan.ts";
export { codeSizeOf, disposeGan, type Gan } from "./gan.ts";
export type { GanGameOptions } from "./game_table.ts";
export { ganGame, type PlainGameOptions } from "./gan_game.ts";
export { type GradientPenalty, gradientPenalty } from "./gradient_penalty.ts";
export { diversity, type MeanScores, meanScores } from "./look.ts";
