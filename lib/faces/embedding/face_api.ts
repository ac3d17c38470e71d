import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../../tensorflow/mod.ts";
import { loadFaceApiWeights, meanColour, type NamedWeights } from "../face_api_weights.ts";
import { network } from "../network.ts";
import { type FaceEmbedder, resizedValues } from "./embedder.ts";

/**
 * face-api's `face_recognition_model`: the residual network of dlib, trained to tell persons apart,
 * 128 numbers a face.
 */
export async function loadFaceApiEmbedder(): Promise<FaceEmbedder> {
  const weights = await loadFaceApiWeights("face_recognition_model");
  const recognition = network({
    side: 150,
    batch: 8,
    compute: (input) => [residualNetwork(tf.div(tf.sub(input, meanColour), 255), weights)],
  });
  return {
    name: "faceApi",
    async describe(crops) {
      const values = await resizedValues(crops, recognition.side);
      const [embeddings] = await recognition.run(values, crops.length);
      return crops.map((_, face) => ({
        embedding: embeddings!.slice(128 * face, 128 * (face + 1)),
      }));
    },
  };
}

function residualNetwork(input: tfjs.Tensor4D, weights: NamedWeights): tfjs.Tensor2D {
  const named = <Kind extends tfjs.Tensor>(name: string) => weights(name) as Kind;
  /** A convolution, then a factor and an offset for each channel. */
  const convolution = (x: tfjs.Tensor4D, name: string, stride: 1 | 2) => {
    const filters = named<tfjs.Tensor4D>(`${name}/conv/filters`);
    const convolved = tf.conv2d(x, filters, stride, stride === 2 ? "valid" : "same")
      .add(named(`${name}/conv/bias`));
    return convolved.mul(named(`${name}/scale/weights`))
      .add<tfjs.Tensor4D>(named(`${name}/scale/biases`));
  };
  const block = (x: tfjs.Tensor4D, name: string) =>
    convolution(convolution(x, `${name}/conv1`, 1).relu(), `${name}/conv2`, 1).add(x)
      .relu<tfjs.Tensor4D>();
  const halvingBlock = (x: tfjs.Tensor4D, name: string) => {
    const through = convolution(convolution(x, `${name}/conv1`, 2).relu(), `${name}/conv2`, 1);
    const around = tf.avgPool(x, 2, 2, "valid");
    // The convolutions lose a row, and the way around has fewer channels: zeros make up for both.
    const missing = (larger: tfjs.Tensor4D, smaller: tfjs.Tensor4D) =>
      larger.shape.map((length, axis) =>
        [0, Math.max(0, length - smaller.shape[axis]!)] as [number, number]
      );
    return tf.pad(through, missing(around, through))
      .add(tf.pad(around, missing(through, around))).relu<tfjs.Tensor4D>();
  };
  let x: tfjs.Tensor4D = convolution(input, "conv32_down", 2).relu();
  x = tf.maxPool(x, 3, 2, "valid");
  for (const name of ["conv32_1", "conv32_2", "conv32_3"]) x = block(x, name);
  x = halvingBlock(x, "conv64_down");
  for (const name of ["conv64_1", "conv64_2", "conv64_3"]) x = block(x, name);
  x = halvingBlock(x, "conv128_down");
  for (const name of ["conv128_1", "conv128_2"]) x = block(x, name);
  x = halvingBlock(x, "conv256_down");
  for (const name of ["conv256_1", "conv256_2"]) x = block(x, name);
  x = halvingBlock(x, "conv256_down_out");
  return tf.matMul(tf.mean(x, [1, 2]) as tfjs.Tensor2D, named<tfjs.Tensor2D>("fc"));
}
