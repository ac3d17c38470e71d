import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { tf } from "../tfjs.ts";

/**
 * Registers the gradient of `mirrorPad`: what was padded came from inside, so its gradient goes
 * back there, reflected. TensorFlow.js's own cuts it off.
 */
export function registerMirrorPadGradient(): void {
  tf.registerGradient({
    kernelName: tf.MirrorPad,
    gradFunc: (dy, _, attributes) => {
      const { paddings, mode } = attributes as unknown as {
        paddings: [number, number][];
        mode: "reflect" | "symmetric";
      };
      const skipped = mode === "reflect" ? 1 : 0; // whether the edge itself is not repeated
      return {
        x: () =>
          paddings.reduce<Tensor>(
            (folded, [before, after], axis) => fold(folded, axis, before, after, skipped),
            dy as Tensor,
          ),
      };
    },
  });
}

/** Undoes the padding of one axis, adding the padded ends to what they were copies of. */
function fold(dy: Tensor, axis: number, before: number, after: number, skipped: number): Tensor {
  const size = dy.shape[axis]! - before - after;
  const part = (from: number, length: number) => {
    const begin = dy.shape.map((_, index) => index === axis ? from : 0);
    return tf.slice(dy, begin, dy.shape.map((all, index) => index === axis ? length : all));
  };
  const placed = (end: Tensor, at: number, length: number) =>
    tf.pad(
      tf.reverse(end, axis),
      dy.shape.map((_, index): [number, number] =>
        index === axis ? [at, size - at - length] : [0, 0]
      ),
    );
  let folded = part(before, size);
  if (before > 0) folded = tf.add(folded, placed(part(0, before), skipped, before));
  if (after > 0) {
    const end = part(before + size, after);
    folded = tf.add(folded, placed(end, size - skipped - after, after));
  }
  return folded;
}

/** Registers the gradient of `depthToSpace`, which only moves values: the way back. */
export function registerDepthToSpaceGradient(): void {
  tf.registerGradient({
    kernelName: tf.DepthToSpace,
    gradFunc: (dy, _, attributes) => {
      const { blockSize, dataFormat } = attributes as unknown as {
        blockSize: number;
        dataFormat: "NHWC" | "NCHW";
      };
      if (dataFormat !== "NHWC") throw new Error("The gradient of depthToSpace is for NHWC only");
      return { x: () => spaceToDepth(dy as Tensor4D, blockSize) };
    },
  });
}

function spaceToDepth(x: Tensor4D, block: number): Tensor4D {
  const [count, height, width, channels] = x.shape;
  const rows = height / block;
  const columns = width / block;
  return tf.reshape(
    tf.transpose(
      tf.reshape(x, [count, rows, block, columns, block, channels]),
      [0, 1, 3, 2, 4, 5],
    ),
    [count, rows, columns, block * block * channels],
  );
}
