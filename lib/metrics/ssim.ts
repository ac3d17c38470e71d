import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../tensorflow/mod.ts";

/**
 * Structural similarity, at most 1 and 1 for equal pictures: compares means, contrasts and what
 * varies together in windows of 11 x 11 pixels under a bell of 1.5 pixels (Wang et al., 2004), for
 * each colour, averaged over all windows that lie inside.
 *
 * @param originals [count, height, width, channels] in [0, 1], at least 11 pixels high and wide
 * @param copies the same shape
 */
export async function ssim(originals: tfjs.Tensor4D, copies: tfjs.Tensor4D): Promise<number> {
  const result = tf.tidy(() => {
    const channels = originals.shape[3];
    const bell = tf.exp(tf.range(-5, 6).square().div(-2 * 1.5 ** 2));
    const line = bell.div(bell.sum());
    const window = tf.outerProduct(line as tfjs.Tensor1D, line as tfjs.Tensor1D)
      .reshape([11, 11, 1, 1]).tile([1, 1, channels, 1]) as tfjs.Tensor4D;
    const local = (pictures: tfjs.Tensor) =>
      tf.depthwiseConv2d(pictures as tfjs.Tensor4D, window, 1, "valid");
    const [meanX, meanY] = [local(originals), local(copies)];
    const varianceX = local(originals.square()).sub(meanX.square());
    const varianceY = local(copies.square()).sub(meanY.square());
    const covariance = local(originals.mul(copies)).sub(meanX.mul(meanY));
    const [c1, c2] = [0.01 ** 2, 0.03 ** 2];
    const above = meanX.mul(meanY).mul(2).add(c1).mul(covariance.mul(2).add(c2));
    const below = meanX.square().add(meanY.square()).add(c1)
      .mul(varianceX.add(varianceY).add(c2));
    return above.div(below).mean();
  });
  const [value] = await result.data();
  result.dispose();
  return value!;
}
