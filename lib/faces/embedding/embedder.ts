import { resizeImage, type RgbImage } from "../../image/mod.ts";

/** What a network makes of one levelled face. */
export interface Description {
  /** A vector that is close for pictures of one person. */
  readonly embedding: Float32Array;
  /** Probability in [0, 1] that the face reads as a woman's, where the network says so. */
  readonly pWoman?: number;
}

/**
 * Turns levelled faces into vectors in which likeness is nearness. Unlike a gender model it needs no
 * landmarks: it is shown the whole crop, so that generated faces can be compared with real ones.
 */
export interface FaceEmbedder {
  readonly name: string;
  /** Describes crops of any size. */
  describe(crops: readonly RgbImage[]): Promise<Description[]>;
}

/** The values of crops resized to a network's input: RGB in [0, 255], [count, side, side, 3]. */
export async function resizedValues(
  crops: readonly RgbImage[],
  side: number,
): Promise<Float32Array> {
  const values = new Float32Array(crops.length * side * side * 3);
  for (const [index, crop] of crops.entries()) {
    const { data } = await resizeImage(crop, { width: side, height: side });
    values.set(data, index * side * side * 3);
  }
  return values;
}
