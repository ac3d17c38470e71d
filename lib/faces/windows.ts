import type { Box } from "./geometry.ts";

/** Width in the detector's input, in pixels, that a face needs to be found reliably. */
const faceInInput = 24;

/** What {@linkcode windows} needs to know. */
export interface WindowOptions {
  /** Side of the detector's input in pixels. */
  readonly side: number;
  /** Width in source pixels of the smallest face that should be found. Default: 40. */
  readonly smallestFace?: number;
}

/**
 * The parts of a picture that a detector with a small input should look at: the whole picture, for
 * faces that are large in it, then overlapping squares of half the side, and so on until the
 * smallest wanted face is large enough in the detector's input. A picture no larger than the last
 * square is looked at once.
 *
 * @returns boxes [x, y, width, height] of whole pixels inside the picture
 */
export function windows(
  width: number,
  height: number,
  { side, smallestFace = 40 }: WindowOptions,
): Box[] {
  const smallest = smallestFace * side / faceInInput;
  const found: Box[] = [[0, 0, width, height]];
  for (let edge = Math.max(width, height); edge > 1.25 * smallest;) {
    edge = Math.max(smallest, edge / 2);
    const [columns, rows] = [places(width, edge), places(height, edge)];
    found.push(
      ...rows.flatMap(([y, rowHeight]) =>
        columns.map(([x, columnWidth]): Box => [x, y, columnWidth, rowHeight])
      ),
    );
  }
  return found;
}

/**
 * Starts and lengths of pieces of `edge` pixels that cover a length evenly. Neighbours overlap by
 * three tenths: a face that fills less than that is whole in one of them, a larger one is found on
 * the level above.
 */
function places(length: number, edge: number): [start: number, length: number][] {
  const piece = Math.min(length, Math.round(edge));
  const count = piece === length ? 1 : Math.ceil((length - 0.3 * piece) / (0.7 * piece));
  const step = count > 1 ? (length - piece) / (count - 1) : 0;
  return Array.from({ length: count }, (_, index) => [Math.round(index * step), piece]);
}
