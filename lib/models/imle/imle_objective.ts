import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../../tensorflow/mod.ts";
import type { Objective } from "../../train/mod.ts";
import { mirror } from "../mirror.ts";
import { namedWeights } from "../named_weights.ts";

/** How the generator learns. */
export interface ImleObjectiveOptions {
  /** Pictures generated in each step for real ones to choose from. Default: 64. */
  readonly candidates?: number;
  /**
   * Candidates nearer than this to a real picture are passed over: what is already there teaches
   * nothing. A root of the mean squared difference of small pictures, 0 to 1. Default: 0.05.
   */
  readonly rejectionRadius?: number;
  /** Whether pictures are mirrored at random. Default: true. */
  readonly mirrored?: boolean;
}

/**
 * Implicit maximum likelihood with rejection sampling (Vashist, Peng and Li, "Rejection sampling IMLE",
 * arXiv 2409.17439): every real picture chooses the nearest of many generated ones, and that one is
 * drawn nearer to it. A GAN asks of each generated picture that it be near a real one; this asks of
 * each real picture that something be near it, so that none is left out, and there is no opponent.
 *
 * Two things are smaller here than in the paper. Candidates are drawn anew in each step, for the
 * pictures of that step; and pictures are compared by their pixels at four sizes, because a net that
 * knows faces may only judge, not teach.
 */
export function imleObjective(
  generator: tfjs.LayersModel,
  { candidates = 64, rejectionRadius = 0.05, mirrored = true }: ImleObjectiveOptions = {},
): Objective {
  const codeSize = generator.inputs[0]!.shape[1]!;
  const draw = (codes: tfjs.Tensor2D) => generator.apply(codes) as tfjs.Tensor4D;
  const choose = (pictures: tfjs.Tensor4D, codes: tfjs.Tensor2D) => {
    const distances = smallDistances(pictures, draw(codes));
    const isTooNear = distances.min(0, true).less(rejectionRadius ** 2).cast("float32");
    const nearest = distances.add(isTooNear.mul(1e3)).argMin(1);
    return tf.matMul<tfjs.Tensor2D>(tf.oneHot(nearest, candidates).cast("float32"), codes);
  };
  const distance = (pictures: tfjs.Tensor4D, codes: tfjs.Tensor2D) =>
    multiScaleDistance(pictures, draw(choose(pictures, codes)));
  return {
    variables: namedWeights({ generator }),
    loss: (pictures, random) => {
      const shown = mirrored ? mirror(pictures, random) : pictures;
      const codes = random.normal([candidates, codeSize]) as tfjs.Tensor2D;
      const error = distance(shown, codes);
      return { objective: error, error };
    },
    evaluate: (pictures) =>
      tf.tidy(() =>
        distance(pictures, tf.randomNormal([candidates, codeSize], 0, 1, "float32", 1))
      ),
  };
}

/** Mean squared differences of all pictures of one list to all of another, at a quarter of the size. */
function smallDistances(left: tfjs.Tensor4D, right: tfjs.Tensor4D): tfjs.Tensor2D {
  const flat = (pictures: tfjs.Tensor4D) => {
    const small = tf.avgPool(pictures, 4, 4, "valid");
    return small.reshape<tfjs.Tensor2D>([small.shape[0], small.size / small.shape[0]]);
  };
  const [a, b] = [flat(left), flat(right)];
  const squares = (rows: tfjs.Tensor2D) => rows.square().sum(1);
  return squares(a).expandDims(1).add(squares(b).expandDims(0))
    .sub(tf.matMul(a, b, false, true).mul(2)).div<tfjs.Tensor2D>(a.shape[1]);
}

/** Mean absolute difference of pictures, and of their halves, quarters and eighths. */
function multiScaleDistance(left: tfjs.Tensor4D, right: tfjs.Tensor4D): tfjs.Scalar {
  const difference = left.sub<tfjs.Tensor4D>(right);
  const scales = [1, 2, 4, 8].map((side) =>
    (side === 1 ? difference : tf.avgPool(difference, side, side, "valid")).abs().mean<
      tfjs.Scalar
    >()
  );
  return tf.addN(scales).div<tfjs.Scalar>(scales.length);
}
