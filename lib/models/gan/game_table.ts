import type * as tfjs from "@tensorflow/tfjs";
import type { SeededRandom } from "../../tensorflow/mod.ts";
import type { Game } from "../../train/mod.ts";
import { mirror } from "../mirror.ts";
import { namedWeights } from "../named_weights.ts";
import { augment, type Augmentation } from "./augment.ts";
import { codeSizeOf, type Gan } from "./gan.ts";

/** How a game is played, whatever its losses. */
export interface GanGameOptions {
  /** What is done to every picture before the discriminator sees it; null is nothing. Default: all. */
  readonly augmentation?: Augmentation | null;
  /** Whether real pictures are mirrored at random, so that there are twice as many. Default: true. */
  readonly mirrored?: boolean;
}

/** What games of a GAN share, whatever their losses. */
export interface GameTable {
  /** The parts of the game that are not losses. */
  readonly game: Omit<Game, "discriminatorLoss" | "generatorLoss" | "evaluate">;
  /** Pictures as the discriminator gets to see them. */
  shown(pictures: tfjs.Tensor4D, random: SeededRandom): tfjs.Tensor4D;
  /** The discriminator's scores [count, 1], in a way that gradients can follow. */
  score(pictures: tfjs.Tensor4D): tfjs.Tensor2D;
}

/** The table at which a GAN plays: its variables by what changes them, and what is dealt and shown. */
export function gameTable(
  gan: Gan,
  { augmentation = {}, mirrored = true }: GanGameOptions,
): GameTable {
  const { generator, averaged, discriminator } = gan;
  const means = [...namedWeights({ averaged }, "all")];
  const live = [...namedWeights({ generator }, "all")];
  return {
    game: {
      discriminatorVariables: namedWeights({ discriminator }),
      generatorVariables: namedWeights({ generator }),
      otherState: new Map([...namedWeights({ generator }, "other"), ...means]),
      averages: means.map(([, mean], index) => [mean, live[index]![1]]),
      deal: (pictures, random) => ({
        real: mirrored ? mirror(pictures, random) : pictures,
        codes: random.normal([pictures.shape[0], codeSizeOf(gan)]) as tfjs.Tensor2D,
      }),
    },
    shown: (pictures, random) => augmentation ? augment(pictures, random, augmentation) : pictures,
    score: (pictures) => discriminator.apply(pictures) as tfjs.Tensor2D,
  };
}
