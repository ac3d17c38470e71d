import type { RgbImage } from "../image/mod.ts";

/**
 * How clearly eyes stand out: the standard deviation of the brightness, in [0, 1], in the two boxes
 * where a levelled crop has its eyes. An average of well levelled faces keeps much of the contrast
 * of a single one; an average of faces that do not lie on each other has next to none.
 *
 * @param crop a square picture; `eyeX`, `eyeY`: where its eyes are, as shares of its side
 */
export function eyeContrast(
  { width, height, data }: RgbImage,
  { eyeX = 0.35, eyeY = 0.35 }: { readonly eyeX?: number; readonly eyeY?: number } = {},
): number {
  const contrasts = [eyeX, 1 - eyeX].map((x) => {
    let [count, sum, squares] = [0, 0, 0];
    // As wide as an eye with its corners, as high as its lids.
    for (let row = Math.round((eyeY - 0.05) * height); row < (eyeY + 0.05) * height; row++) {
      for (let column = Math.round((x - 0.1) * width); column < (x + 0.1) * width; column++) {
        const at = 3 * (row * width + column);
        const grey = (0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]!) / 255;
        count++;
        sum += grey;
        squares += grey * grey;
      }
    }
    return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
  });
  return (contrasts[0]! + contrasts[1]!) / 2;
}
