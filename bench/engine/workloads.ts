import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../../lib/tensorflow/mod.ts";
import { shape } from "./data.ts";
import { autoencoder, gan, type Nets, variablesOf } from "./networks.ts";

/** Moves variables by their gradients. */
export type Update = (gradients: tfjs.NamedTensorMap) => void;

/** Makes an optimizer for variables. */
export type MakeUpdate = (
  variables: readonly tfjs.Variable[],
  settings: { readonly rate: number; readonly beta1: number },
) => Update;

/** One training step on a batch and its random numbers; gives the loss. */
export type Step = (pictures: tfjs.Tensor4D, noise: tfjs.Tensor2D) => tfjs.Scalar;

/** A workload: its nets and its step. */
export interface Workload {
  readonly nets: () => Nets;
  readonly step: (nets: Nets, makeUpdate: MakeUpdate) => Step;
}

const apply = (net: tfjs.LayersModel, input: tfjs.Tensor) =>
  net.apply(input, { training: true }) as tfjs.Tensor;

const minimize = (
  loss: () => tfjs.Scalar,
  variables: tfjs.Variable[],
  update: Update,
): tfjs.Scalar => {
  const { value, grads } = tf.variableGrads(loss, variables);
  update(grads);
  return value;
};

/** Nets whose loss all of their weights minimise together. */
function together(
  nets: () => Nets,
  loss: (nets: Nets, pictures: tfjs.Tensor4D, noise: tfjs.Tensor2D) => tfjs.Scalar,
): Workload {
  return {
    nets,
    step: (nets, makeUpdate) => {
      const variables = variablesOf(...nets);
      const update = makeUpdate(variables, { rate: 1e-3, beta1: 0.9 });
      return (pictures, noise) =>
        tf.tidy(() => minimize(() => loss(nets, pictures, noise), variables, update));
    },
  };
}

export const workloads: Readonly<Record<string, Workload>> = {
  autoencoder: together(
    () => autoencoder(2, 2),
    ([encoder, decoder], pictures) =>
      apply(decoder, apply(encoder, pictures)).squaredDifference(pictures).mean(),
  ),

  vae: together(
    () => autoencoder(shape.code, 2 * shape.code),
    ([encoder, decoder], pictures, noise) => {
      const [mean, logVariance] = tf.split(apply(encoder, pictures), 2, 1) as [
        tfjs.Tensor2D,
        tfjs.Tensor2D,
      ];
      const code = mean.add(noise.mul(logVariance.div(2).exp()));
      const error = apply(decoder, code).squaredDifference(pictures).mean();
      const divergence = mean.square().add(logVariance.exp()).sub(1).sub(logVariance).mean();
      return error.add(divergence.mul(0.01 / 2));
    },
  ),

  gan: {
    nets: gan,
    step: ([generator, discriminator], makeUpdate) => {
      const settings = { rate: 2e-4, beta1: 0.5 };
      const discriminatorVariables = variablesOf(discriminator);
      const generatorVariables = variablesOf(generator);
      const updateDiscriminator = makeUpdate(discriminatorVariables, settings);
      const updateGenerator = makeUpdate(generatorVariables, settings);
      const loses = (scores: tfjs.Tensor) => scores.softplus().mean<tfjs.Scalar>();
      return (pictures, noise) =>
        tf.tidy(() => {
          const made = apply(generator, noise);
          const loss = minimize(
            () =>
              loses(apply(discriminator, pictures).neg())
                .add(loses(apply(discriminator, made))),
            discriminatorVariables,
            updateDiscriminator,
          );
          minimize(
            () => loses(apply(discriminator, apply(generator, noise)).neg()),
            generatorVariables,
            updateGenerator,
          );
          return loss;
        });
    },
  },
};
