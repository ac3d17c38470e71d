import { asSharp, type RgbImage } from "../image/mod.ts";
import { type Detection, detectorSide } from "./blazeface.ts";
import type { Box, Point } from "./geometry.ts";

/** Where a window lies in the detector's input: scaled by one factor, in the middle. */
function placed([, , width, height]: Box) {
  const scale = detectorSide / Math.max(width, height);
  const [inputWidth, inputHeight] = [
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  ];
  return {
    inputWidth,
    inputHeight,
    left: Math.floor((detectorSide - inputWidth) / 2),
    top: Math.floor((detectorSide - inputHeight) / 2),
    // Rounding to whole pixels makes the two scales differ a little.
    scaleX: inputWidth / width,
    scaleY: inputHeight / height,
  };
}

/** From the detector's input back to the picture. */
export function inPicture({ box, eyes, mouth, confidence }: Detection, window: Box): Detection {
  const { left, top, scaleX, scaleY } = placed(window);
  const back = ([x, y]: Point): Point => [
    window[0] + (x - left) / scaleX,
    window[1] + (y - top) / scaleY,
  ];
  const corner = back([box[0], box[1]]);
  return {
    confidence,
    box: [corner[0], corner[1], box[2] / scaleX, box[3] / scaleY],
    eyes: [back(eyes[0]), back(eyes[1])],
    mouth: back(mouth),
  };
}

/**
 * False for a box at an edge of its window that is no edge of the picture: the face may go on beyond,
 * and a box around half a face misleads all that follows. Windows overlap so far that another one
 * shows the whole face.
 */
export function isWhole(
  [x, y, width, height]: Box,
  [left, top, windowWidth, windowHeight]: Box,
  picture: Pick<RgbImage, "width" | "height">,
): boolean {
  const margin = 0.1 * Math.max(width, height);
  const [right, bottom] = [left + windowWidth, top + windowHeight];
  return (left === 0 || x - margin >= left) && (top === 0 || y - margin >= top) &&
    (right === picture.width || x + width + margin <= right) &&
    (bottom === picture.height || y + height + margin <= bottom);
}

/** Detections narrower than this in the detector's input, in pixels, are guesses. */
const guessedWidth = 16;

/**
 * False for a detection that is a guess because its window shows it too small, where a smaller
 * window shows the same place larger.
 *
 * @param smallestFace width in source pixels for which the smallest windows were made
 */
export function isSeenWell(
  [, , width]: Box,
  [, , windowWidth, windowHeight]: Box,
  smallestFace: number,
): boolean {
  const inInput = width * detectorSide / Math.max(windowWidth, windowHeight);
  return inInput >= guessedWidth || width < smallestFace;
}

/** A window in the middle of the detector's input, its shape kept, in [-1, 1]. */
export async function detectorInput(
  { image, window }: { readonly image: RgbImage; readonly window: Box },
): Promise<Float32Array> {
  const [x, y, width, height] = window;
  const { inputWidth, inputHeight, left, top } = placed(window);
  const small = await asSharp(image)
    .extract({ left: x, top: y, width, height })
    .resize(inputWidth, inputHeight, { fit: "fill", kernel: "linear" })
    .raw().toBuffer();
  const input = new Float32Array(detectorSide * detectorSide * 3);
  for (let row = 0; row < inputHeight; row++) {
    const target = 3 * ((top + row) * detectorSide + left);
    for (let at = 0; at < 3 * inputWidth; at++) {
      input[target + at] = small[3 * row * inputWidth + at]! / 127.5 - 1;
    }
  }
  return input;
}
