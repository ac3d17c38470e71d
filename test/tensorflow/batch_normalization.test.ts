import type { Tensor, Tensor4D, Variable } from "@tensorflow/tfjs";
import { tf } from "../../lib/tensorflow/mod.ts";
import { assertNear } from "./assert_near.ts";
import { withoutLeak } from "./without_leak.ts";

const epsilon = 1e-3;
const momentum = 0.9;

/** Batch normalisation by its formula. */
function formula(x: Tensor, gamma: Tensor, beta: Tensor): Tensor {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  return tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, epsilon))), gamma), beta);
}

const assertClose = (actual: Tensor, expected: Tensor, what: string) =>
  assertNear(actual, expected.dataSync(), { share: 1e-5, what });

Deno.test("a batch normalisation that trains gives its formula's values, gradients and averages", () =>
  withoutLeak(() => {
    const layer = tf.layers.batchNormalization({ epsilon, momentum, inputShape: [5, 6, 3] });
    const model = tf.sequential({ layers: [layer] });
    const x = tf.randomNormal([4, 5, 6, 3], 2, 3, "float32", 1) as Tensor4D;
    const weight = tf.randomNormal(x.shape, 0, 1, "float32", 2);
    const gamma = tf.tensor1d([0.5, 1, 2]);
    const beta = tf.tensor1d([-1, 0, 1]);
    tf.tidy(() => layer.setWeights([gamma, beta, tf.zeros([3]), tf.ones([3])]));
    tf.tidy(() => {
      const variables = layer.trainableWeights.map((kept) =>
        (kept as unknown as { val: Variable }).val
      );
      const loss = (x: Tensor) => layer.apply(x, { training: true }) as Tensor;
      const weighted = (y: Tensor) => tf.sum(tf.mul(tf.square(y), weight));
      const [dx] = tf.grads((x: Tensor) => weighted(loss(x)))([x]);
      const { grads } = tf.variableGrads(() => weighted(loss(x)).asScalar(), variables);
      const expected = tf.grads((x: Tensor, gamma: Tensor, beta: Tensor) =>
        weighted(formula(x, gamma, beta))
      )([x, gamma, beta]);
      assertClose(loss(x), formula(x, gamma, beta), "value");
      assertClose(dx!, expected[0]!, "gradient of the input");
      assertClose(grads[variables[0]!.name]!, expected[1]!, "gradient of gamma");
      assertClose(grads[variables[1]!.name]!, expected[2]!, "gradient of beta");
      // Three passes over the same batch have moved the averages by 1 - 0.9^3 of the way.
      const moved = 1 - momentum ** 3;
      const { mean, variance } = tf.moments(x, [0, 1, 2]);
      const [, , movingMean, movingVariance] = layer.getWeights();
      assertClose(movingMean!, tf.mul(mean, moved), "moving mean");
      assertClose(movingVariance!, tf.add(tf.mul(tf.sub(variance, 1), moved), 1), "variance");
    });
    model.dispose();
    tf.dispose([x, weight, gamma, beta]);
  }));

Deno.test("a batch normalisation that trains has the right gradient of its gradient", () =>
  withoutLeak(() => {
    const layer = tf.layers.batchNormalization({ epsilon, inputShape: [3, 3, 2] });
    const model = tf.sequential({ layers: [layer] });
    const x = tf.randomNormal([2, 3, 3, 2], 0, 1, "float32", 1);
    tf.tidy(() => {
      const slope = (normalize: (x: Tensor) => Tensor) => (x: Tensor) => {
        const dx = tf.grad((x: Tensor) => tf.sum(tf.pow(normalize(x), 3)))(x);
        return tf.sum(tf.square(dx));
      };
      const second = tf.grad(slope((x) => layer.apply(x, { training: true }) as Tensor))(x);
      const expected = tf.grad(slope((x) => formula(x, tf.ones([2]), tf.zeros([2]))))(x);
      assertClose(second, expected, "second gradient");
    });
    model.dispose();
    x.dispose();
  }));
