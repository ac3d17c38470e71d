import type * as tfjs from "@tensorflow/tfjs";
import { buildGan, ganGame } from "../../lib/models/gan/mod.ts";
import { autoencoderObjective, buildAutoencoder } from "../../lib/models/mod.ts";
import { buildModernGan, relativisticGame } from "../../lib/models/modern_gan/mod.ts";
import { buildVae, vaeObjective } from "../../lib/models/vae/mod.ts";
import { compile, engine, randomSeeds, seededRandom, tf } from "../../lib/tensorflow/mod.ts";
import type { Game, Objective } from "../../lib/train/mod.ts";
import { assertNear } from "../tensorflow/assert_near.ts";

/** A loss, and the variables that it is to be made smaller by. */
interface Learning {
  readonly variables: ReadonlyMap<string, tfjs.Variable>;
  readonly loss: (pictures: tfjs.Tensor4D) => tfjs.Scalar;
}

const learningOf = (objective: Objective): Learning => {
  const seeds = randomSeeds(3);
  return {
    variables: objective.variables,
    loss: (pictures) => objective.loss(pictures, seededRandom(seeds)).objective,
  };
};

const turns = (game: Game) => {
  const seeds = randomSeeds(3);
  const turn = (player: "discriminator" | "generator"): Learning => ({
    variables: game[`${player}Variables`],
    loss: (pictures) => {
      const random = seededRandom(seeds);
      return game[`${player}Loss`](game.deal(pictures, random), random);
    },
  });
  return { discriminator: turn("discriminator"), generator: turn("generator") };
};

const size = 32;
const small = { size, filters: 8, codeSize: 4 };
const gan = turns(ganGame(buildGan(small)));
const modern = turns(relativisticGame(buildModernGan(small)));
const models: Record<string, Learning> = {
  "the autoencoder with a dense decoder": learningOf(autoencoderObjective(
    buildAutoencoder({ size, filters: [4, 4, 8, 8], hidden: 16 }),
  )),
  "the autoencoder with a convolutional decoder": learningOf(autoencoderObjective(
    buildAutoencoder({ size, filters: [4, 4, 8, 8], hidden: 16, decoder: "convolutional" }),
  )),
  "the variational autoencoder": learningOf(vaeObjective(buildVae(small))),
  "the GAN's discriminator": gan.discriminator,
  "the GAN's generator": gan.generator,
  "the modern GAN's discriminator, gradient penalty included": modern.discriminator,
  "the modern GAN's generator": modern.generator,
};

for (const [name, { variables, loss }] of Object.entries(models)) {
  Deno.test(
    `loss and gradients of ${name} are the same compiled, to 1 part in a million`,
    { ignore: engine.name !== "tensorflow" },
    () => {
      const step = (pictures: tfjs.Tensor4D) => {
        const { value, grads } = tf.variableGrads(() => loss(pictures), [...variables.values()]);
        return [value, ...[...variables.values()].map(({ name }) => grads[name]!)];
      };
      using compiled = compile(step, { firstCallEager: false });
      tf.tidy(() => {
        const pictures = tf.randomUniform([8, size, size, 3], 0, 1, "float32", 2) as tfjs.Tensor4D;
        const before = [...variables.values()].map((variable) => variable.clone());
        const expected = step(pictures).map((tensor) => tensor.dataSync<"float32">());
        // The loss may move averages of its own; both start from the same weights.
        [...variables.values()].forEach((variable, index) => variable.assign(before[index]!));
        compiled(pictures).forEach((tensor, index) => {
          const what = index ? [...variables.keys()][index - 1]! : "the loss";
          assertNear(tensor, expected[index]!, { share: 1e-6, what });
        });
      });
    },
  );
}
