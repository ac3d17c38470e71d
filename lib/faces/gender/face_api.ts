import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../../tensorflow/mod.ts";
import { loadFaceApiWeights, meanColour, type NamedWeights } from "../face_api_weights.ts";
import { levelledSquare } from "../frame.ts";
import { joined, network } from "../network.ts";
import type { GenderModel } from "./gender_model.ts";

/**
 * face-api's `age_gender_model`: a small Xception (420,000 weights, eight bits each) that ends in
 * one number for the age and a softmax over man and woman.
 */
export async function loadFaceApiGender(): Promise<GenderModel> {
  const weights = await loadFaceApiWeights("age_gender_model");
  const side = 112;
  const xception = network({
    side,
    batch: 8,
    compute: (input) => {
      const features = tinyXception(tf.div(tf.sub(input, meanColour), 255), weights);
      const pooled = tf.mean(features, [1, 2]) as tfjs.Tensor2D;
      const dense = (head: string) =>
        tf.add(
          tf.matMul(pooled, weights(`fc/${head}/weights`) as tfjs.Tensor2D),
          weights(`fc/${head}/bias`),
        );
      return [tf.softmax(dense("gender") as tfjs.Tensor2D), dense("age")];
    },
  });
  return {
    name: "faceApi",
    side,
    frame: (landmarks) => levelledSquare(landmarks, { side: 1, up: 0 }),
    async judge(views) {
      const [genders, ages] = await xception.run(joined(views), views.length);
      return views.map((_, face) => ({ pWoman: genders![2 * face + 1]!, age: ages![face]! }));
    },
  };
}

/** The convolutions: 112 x 112 pictures to 7 x 7 cells of 512 features. */
function tinyXception(input: tfjs.Tensor, weights: NamedWeights): tfjs.Tensor4D {
  const named = <Kind extends tfjs.Tensor>(name: string) => weights(name) as Kind;
  const convolution = (x: tfjs.Tensor, name: string, stride: number) => {
    const filters = named<tfjs.Tensor4D>(`${name}/filters`);
    return tf.add(tf.conv2d(x as tfjs.Tensor4D, filters, stride, "same"), named(`${name}/bias`));
  };
  const separable = (x: tfjs.Tensor, name: string) => {
    const depthwise = named<tfjs.Tensor4D>(`${name}/depthwise_filter`);
    const pointwise = named<tfjs.Tensor4D>(`${name}/pointwise_filter`);
    const y = tf.separableConv2d(x as tfjs.Tensor4D, depthwise, pointwise, 1, "same");
    return tf.add(y, named(`${name}/bias`));
  };
  /** Separable convolutions with a relu between each two. */
  const chain = (x: tfjs.Tensor, name: string, length: number) =>
    Array.from({ length }, (_, index) => `${name}/separable_conv${index}`)
      .reduce((y, layer, index) => separable(index ? tf.relu(y) : y, layer), x);
  // No tf.relu, on which TensorFlow's graph optimiser fails behind a sum that has other uses too.
  const activation = (sum: tfjs.Tensor) => tf.maximum(sum, 0);
  /** Halves the picture; a convolution of its input goes by the side. */
  const reduction = (x: tfjs.Tensor, name: string, activated = activation(x)) => {
    const pooled = tf.maxPool(chain(activated, name, 2) as tfjs.Tensor4D, 3, 2, "same");
    return tf.add(pooled, convolution(x, `${name}/expansion_conv`, 2));
  };
  let x: tfjs.Tensor = tf.relu(convolution(input, "entry_flow/conv_in", 2));
  x = reduction(x, "entry_flow/reduction_block_0", x);
  x = reduction(x, "entry_flow/reduction_block_1");
  for (const name of ["middle_flow/main_block_0", "middle_flow/main_block_1"]) {
    x = tf.add(chain(activation(x), name, 3), x);
  }
  x = reduction(x, "exit_flow/reduction_block");
  return tf.relu(separable(x, "exit_flow/separable_conv")) as tfjs.Tensor4D;
}
