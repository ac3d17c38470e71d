import type { RgbImage } from "../image/mod.ts";
import type { Face } from "./detect.ts";
import { meshSide } from "./facemesh.ts";
import type { Transform } from "./geometry.ts";
import { borderShare } from "./warp.ts";

/** What is measured of a face. Angles and the detector's confidence stand beside it. */
export interface Quality {
  /** Side of a square as large as the face's box, in source pixels. */
  readonly size: number;
  /**
   * Fine detail: the standard deviation of the Laplacian over that of the brightness itself, at one
   * scale for all faces. A face that was enlarged or out of focus has little; noise has much.
   */
  readonly sharpness: number;
  /** Mean brightness of the face, 0 (black) to 1 (white). */
  readonly brightness: number;
  /** Share of the face's pixels that are as good as black or white, 0 to 1. */
  readonly clipped: number;
  /** Mean saturation of the face's pixels (HSV), 0 for a grey picture, to 1. */
  readonly saturation: number;
  /** How far apart two networks see an eye, in eye distances: see {@linkcode Face.distrust}. */
  readonly distrust: number;
  /** Share of the crop that lies outside the picture and had to be reflected, 0 to 1. */
  readonly border: number;
}

/** Measures a face; `transform` and `size` are those of its crop. */
export function measureQuality(
  face: Pick<Face, "box" | "view" | "distrust">,
  { picture, transform, size }: {
    readonly picture: Pick<RgbImage, "width" | "height">;
    readonly transform: Transform;
    readonly size: number;
  },
): Quality {
  return {
    size: Math.sqrt(face.box[2] * face.box[3]),
    ...measureView(face.view),
    distrust: face.distrust,
    border: borderShare(picture, transform, size),
  };
}

/**
 * Sharpness, exposure and colour of the inner face: an ellipse in the middle of the mesh network's view,
 * which leaves out hair and background.
 */
function measureView(view: Float32Array): Omit<Quality, "size" | "distrust" | "border"> {
  const grey = Float32Array.from(
    { length: meshSide * meshSide },
    (_, pixel) =>
      0.2126 * view[3 * pixel]! + 0.7152 * view[3 * pixel + 1]! + 0.0722 * view[3 * pixel + 2]!,
  );
  let count = 0, sum = 0, squares = 0, detail = 0, detailSquares = 0, clipped = 0, saturation = 0;
  const [middle, radiusX, radiusY] = [meshSide / 2, 0.25 * meshSide, 0.3 * meshSide];
  for (let row = 1; row < meshSide - 1; row++) {
    for (let column = 1; column < meshSide - 1; column++) {
      const [x, y] = [(column + 0.5 - middle) / radiusX, (row + 0.5 - middle) / radiusY];
      if (x * x + y * y > 1) continue;
      const at = row * meshSide + column;
      const value = grey[at]!;
      const laplacian = grey[at - 1]! + grey[at + 1]! + grey[at - meshSide]! +
        grey[at + meshSide]! - 4 * value;
      count++;
      sum += value;
      squares += value * value;
      detail += laplacian;
      detailSquares += laplacian * laplacian;
      const [red, green, blue] = [view[3 * at]!, view[3 * at + 1]!, view[3 * at + 2]!];
      const most = Math.max(red, green, blue);
      if (most > 0) saturation += 1 - Math.min(red, green, blue) / most;
      if (value < 0.02 || value > 0.98) clipped++;
    }
  }
  const brightness = sum / count;
  const deviation = Math.sqrt(Math.max(0, squares / count - brightness * brightness));
  const laplacian = Math.sqrt(Math.max(0, detailSquares / count - (detail / count) ** 2));
  return {
    sharpness: deviation > 0 ? laplacian / deviation : 0,
    brightness,
    clipped: clipped / count,
    saturation: saturation / count,
  };
}
