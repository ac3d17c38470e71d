import type * as tfjs from "@tensorflow/tfjs";
import { type SeededRandom, tf } from "../../tensorflow/mod.ts";
import type { Game } from "../../train/mod.ts";
import { namedWeights } from "../named_weights.ts";
import { augment, type Augmentation, mirror } from "./augment.ts";
import { codeSizeOf, type Gan } from "./gan.ts";

/** How the game is played. */
export interface GanGameOptions {
  /** What is done to every picture before the discriminator sees it; null is nothing. Default: all. */
  readonly augmentation?: Augmentation | null;
  /** Whether real pictures are mirrored at random, so that there are twice as many. Default: true. */
  readonly mirrored?: boolean;
}

/**
 * The game of Goodfellow et al. (arXiv 1406.2661). The discriminator says how likely it takes a
 * picture for a real one, and loses by the cross-entropy of its answers:
 * softplus(-D(real)) + softplus(D(generated)). The generator loses by softplus(-D(generated)), the
 * form that still has a slope where the discriminator is sure.
 */
export function ganGame(
  gan: Gan,
  { augmentation = {}, mirrored = true }: GanGameOptions = {},
): Game {
  const { generator, discriminator } = gan;
  const shown = (pictures: tfjs.Tensor4D, random: SeededRandom) =>
    augmentation ? augment(pictures, random, augmentation) : pictures;
  // Both turns generate from the same codes, which the compiled step does only once.
  const generate = (codes: tfjs.Tensor2D) =>
    generator.apply(codes, { training: true }) as tfjs.Tensor4D;
  const score = (pictures: tfjs.Tensor4D) => discriminator.apply(pictures) as tfjs.Tensor2D;
  return {
    ...ganState(gan),
    deal: (pictures, random) => ({
      real: mirrored ? mirror(pictures, random) : pictures,
      codes: random.normal([pictures.shape[0], codeSizeOf(gan)]) as tfjs.Tensor2D,
    }),
    discriminatorLoss: ({ real, codes }, random) => {
      const both = tf.concat([shown(real, random), shown(generate(codes), random)]);
      const [realScores, generatedScores] = tf.split(score(both), 2);
      return realScores!.neg().softplus().add(generatedScores!.softplus()).mean<tfjs.Scalar>();
    },
    generatorLoss: ({ codes }, random) =>
      score(shown(generate(codes), random)).neg().softplus().mean<tfjs.Scalar>(),
    evaluate: (pictures) => tf.tidy(() => score(pictures).neg().softplus().mean<tfjs.Scalar>()),
  };
}

/** The variables of a GAN by what changes them. */
export function ganState(
  { generator, averaged, discriminator }: Gan,
): Pick<Game, "discriminatorVariables" | "generatorVariables" | "otherState" | "averages"> {
  const means = [...namedWeights({ averaged }, "all")];
  const live = [...namedWeights({ generator }, "all")];
  return {
    discriminatorVariables: namedWeights({ discriminator }),
    generatorVariables: namedWeights({ generator }),
    otherState: new Map([...namedWeights({ generator }, "other"), ...means]),
    averages: means.map(([, mean], index) => [mean, live[index]![1]]),
  };
}
