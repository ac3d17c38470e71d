import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../../tensorflow/mod.ts";

/** Pictures that are compared with each other. */
const groupSize = 4;

/**
 * Adds one channel to features [count, height, width, channels]: how much neighbours in the batch
 * differ, as the mean over all features of their standard deviation in groups of four (Karras et al.,
 * arXiv 1710.10196). A generator that always draws the same face is caught by it.
 */
export class MinibatchDeviation extends tf.layers.Layer {
  static readonly className = "MinibatchDeviation";

  override computeOutputShape(inputShape: tfjs.Shape): tfjs.Shape {
    return [...inputShape.slice(0, -1), inputShape.at(-1)! + 1];
  }

  override call(inputs: tfjs.Tensor | tfjs.Tensor[]): tfjs.Tensor {
    return tf.tidy(() => {
      const features = (Array.isArray(inputs) ? inputs[0] : inputs) as tfjs.Tensor4D;
      const [count, height, width, channels] = features.shape;
      // A batch that cannot be divided is one group.
      const size = count % groupSize === 0 ? groupSize : count;
      const groups = features.reshape([count / size, size, height * width * channels]);
      const variance = groups.sub(groups.mean(1, true)).square().mean(1);
      const deviation = variance.add(1e-8).sqrt().mean(1).reshape([count / size, 1, 1, 1, 1]);
      const channel = deviation.mul(tf.ones([1, size, height, width, 1]));
      return tf.concat([features, channel.reshape([count, height, width, 1])], 3);
    });
  }
}
