import { tf } from "../tensorflow/mod.ts";
import { type Box, overlap, type Point } from "./geometry.ts";
import { loadHumanGraph, type Network, network } from "./network.ts";

/** Side of the detector's input in pixels. */
export const detectorSide = 256;

/** A face as the detector sees it, in the pixels of its 256 x 256 input. */
export interface Detection {
  readonly box: Box;
  /** 0 to 1. */
  readonly confidence: number;
  /** The eye at the picture's left, then the eye at its right. */
  readonly eyes: readonly [Point, Point];
  readonly mouth: Point;
}

/** BlazeFace (the long-range model of 896 anchors) for pictures in [-1, 1]. */
export async function loadBlazeFace(): Promise<Network> {
  const outputs = ["Identity", "Identity_1", "Identity_2", "Identity_3"];
  const graph = await loadHumanGraph("blazeface", outputs);
  return network({
    side: detectorSide,
    batch: 8,
    compute: (input) => {
      const tensors = graph(input);
      const both = (values: number) => {
        const grids = tensors.filter(({ shape }) => shape[2] === values);
        return tf.concat(grids.sort((a, b) => b.size - a.size), 1);
      };
      return [tf.sigmoid(both(1)), both(16)];
    },
  });
}

/**
 * Centres of the 896 anchors in input pixels: two for each cell of a 16 x 16 grid, six for each
 * cell of an 8 x 8 grid.
 */
const anchors: readonly Point[] = [[16, 2], [32, 6]].flatMap(([stride, each]) => {
  const cells = detectorSide / stride!;
  return Array.from({ length: cells * cells * each! }, (_, index): Point => {
    const cell = Math.floor(index / each!);
    return [stride! * (cell % cells + 0.5), stride! * (Math.floor(cell / cells) + 0.5)];
  });
});

/** Thresholds of {@linkcode decodeDetections}. */
export interface DecodeOptions {
  /** Detections below are dropped. Default: 0.3. */
  readonly minimumConfidence?: number;
  /** Two boxes that overlap more (intersection over union) are one face. Default: 0.3. */
  readonly maximumOverlap?: number;
}

/**
 * Reads the detector's two outputs of one picture: every anchor predicts a box and six points
 * relative to its own centre. Overlapping boxes are merged, weighted by confidence as BlazeFace's
 * authors propose, because the mean of several guesses jitters less than the best one.
 *
 * @param scores [896], confidence
 * @param values [896, 16], centre, size, right eye, left eye, nose, mouth, ears in input pixels
 */
export function decodeDetections(
  scores: Float32Array,
  values: Float32Array,
  { minimumConfidence = 0.3, maximumOverlap = 0.3 }: DecodeOptions = {},
): Detection[] {
  const candidates = anchors.flatMap(([anchorX, anchorY], index) => {
    const confidence = scores[index]!;
    if (!(confidence >= minimumConfidence)) return [];
    const at = (place: number) => values[16 * index + place]!;
    const point = (place: number): Point => [anchorX + at(place), anchorY + at(place + 1)];
    const [width, height] = [at(2), at(3)];
    const [x, y] = point(0);
    const box: Box = [x - width / 2, y - height / 2, width, height];
    return [{ index, confidence, box, eyes: [point(4), point(6)] as const, mouth: point(10) }];
  });
  candidates.sort((a, b) => b.confidence - a.confidence || a.index - b.index);
  const detections: Detection[] = [];
  while (candidates.length > 0) {
    const best = candidates[0]!;
    const same = candidates.filter(({ box }) => overlap(box, best.box) > maximumOverlap);
    const mean = (pick: (candidate: Detection) => number) => {
      let sum = 0, weights = 0;
      for (const candidate of same) {
        sum += candidate.confidence * pick(candidate);
        weights += candidate.confidence;
      }
      return sum / weights;
    };
    const meanPoint = (pick: (candidate: Detection) => Point): Point => [
      mean((candidate) => pick(candidate)[0]),
      mean((candidate) => pick(candidate)[1]),
    ];
    detections.push({
      confidence: best.confidence,
      box: [0, 1, 2, 3].map((side) => mean(({ box }) => box[side]!)) as unknown as Box,
      eyes: [meanPoint(({ eyes }) => eyes[0]), meanPoint(({ eyes }) => eyes[1])],
      mouth: meanPoint(({ mouth }) => mouth),
    });
    for (const candidate of same) candidates.splice(candidates.indexOf(candidate), 1);
  }
  return detections;
}
