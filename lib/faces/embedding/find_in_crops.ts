import { asSharp, type RgbImage } from "../../image/mod.ts";
import type { FaceDetector } from "../detect.ts";
import { pieces } from "../pieces.ts";

/**
 * Whether a detector finds a face in each crop. It expects faces in pictures, with something around
 * them, so each crop is enlarged and laid on grey.
 */
export async function findInCrops(
  detector: FaceDetector,
  crops: readonly RgbImage[],
): Promise<boolean[]> {
  const found: boolean[] = [];
  for (const piece of pieces(crops, 32)) {
    const pictures = await Promise.all(piece.map(framed));
    found.push(...(await detector.detect(pictures)).map((faces) => faces.length > 0));
  }
  return found;
}

const cropSide = 192;
const border = 32;

async function framed(crop: RgbImage): Promise<RgbImage> {
  const side = cropSide + 2 * border;
  const extended = await asSharp(crop)
    .resize(cropSide, cropSide, { fit: "fill", kernel: "cubic" })
    .extend({
      top: border,
      bottom: border,
      left: border,
      right: border,
      background: { r: 128, g: 128, b: 128 },
    }).raw().toBuffer();
  return { width: side, height: side, data: new Uint8Array(extended) };
}
