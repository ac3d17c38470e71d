import * as models from "../../lib/models/mod.ts";
import type { Game } from "../../lib/train/mod.ts";

/** A GAN in training, and the game that it plays. */
export interface Arm {
  readonly gan: models.Gan;
  readonly game: Game;
  /** Adam's decay of the running mean of gradients. */
  readonly beta1: number;
}

/** The form of the nets of all arms. */
export interface Form {
  readonly size: number;
  readonly codeSize: number;
  readonly filters: number;
}

const slope = { kind: "exact", weight: 0.05 } as const;

const dcgan = (form: Form, game: models.PlainGameOptions): Arm => {
  const gan = models.buildGan(form);
  return { gan, game: models.ganGame(gan, game), beta1: 0.5 };
};

const modern = (
  form: Form,
  game: models.RelativisticGameOptions = {},
  build: Partial<models.ModernGanOptions> = {},
): Arm => {
  const gan = models.buildModernGan({ ...form, ...build });
  return { gan, game: models.relativisticGame(gan, { penalty: slope, ...game }), beta1: 0 };
};

/** What is trained from random weights, each as long as the others. */
export const arms: Readonly<Record<string, (form: Form) => Arm>> = {
  "DCGAN, bare": (form) => dcgan(form, { augmentation: null }),
  "DCGAN with DiffAugment": (form) => dcgan(form, {}),
  "the same, R1": (form) => dcgan(form, { penalty: slope }),
  "modern GAN": (form) => modern(form),
  "without pairs": (form) => modern(form, { relativistic: false }),
  "without R1 and R2": (form) => modern(form, { penalty: null }),
  "R1 and R2 by noise": (form) => modern(form, { penalty: { ...slope, kind: "approximate" } }),
  "without DiffAugment": (form) => modern(form, { augmentation: null }),
  "without minibatch deviation": (form) => modern(form, {}, { minibatchDeviation: false }),
  "without skip-layer excitation": (form) => modern(form, {}, { excitation: false }),
};

/** What is trained from random weights for an hour, and how fast it learns. */
export const longArms: Readonly<
  Record<string, { readonly build: (form: Form) => Arm; readonly learningRate: number }>
> = {
  "DCGAN with DiffAugment": { build: (form) => dcgan(form, {}), learningRate: 0.0003 },
  // Its discriminator is slow to start where half of each picture's width may be covered.
  "modern GAN": {
    build: (form) => modern(form, { augmentation: { cutout: false } }),
    learningRate: 0.0005,
  },
};
