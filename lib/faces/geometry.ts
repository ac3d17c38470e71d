/** A point of a picture in source pixels, `[x, y]`; the centre of the first pixel is (0.5, 0.5). */
export type Point = readonly [x: number, y: number];

/** Length of the line between two points. */
export function distance(a: Point, b: Point): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

/** The point halfway between two. */
export function middle(a: Point, b: Point): Point {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

/** Radians by which the line from one point to another is turned clockwise from the level. */
export function lean(from: Point, to: Point): number {
  return Math.atan2(to[1] - from[1], to[0] - from[0]);
}

/** Points in a frame that is turned clockwise by an angle in radians: what leans so is level in it. */
export function levelled(angle: number): (point: Point) => Point {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return ([x, y]) => [cosine * x + sine * y, cosine * y - sine * x];
}

/** A box in source pixels, `[x, y, width, height]`; it may reach beyond the picture. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/**
 * An affine map from the source picture to a crop, in the order of a canvas' `setTransform`:
 * `x' = a x + c y + e` and `y' = b x + d y + f`.
 */
export type Transform = readonly [
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
];

/** Where `transform` puts a point. */
export function transformPoint([a, b, c, d, e, f]: Transform, [x, y]: Point): Point {
  return [a * x + c * y + e, b * x + d * y + f];
}

/**
 * The map back from the crop to the source picture.
 *
 * @throws RangeError where the map squeezes the picture to a line or a point
 */
export function invertTransform([a, b, c, d, e, f]: Transform): Transform {
  const determinant = a * d - b * c;
  if (!Number.isFinite(1 / determinant)) {
    throw new RangeError(
      `Expected a transform that can be inverted but got [${[a, b, c, d, e, f]}]`,
    );
  }
  return [
    d / determinant,
    -b / determinant,
    -c / determinant,
    a / determinant,
    (c * f - d * e) / determinant,
    (b * e - a * f) / determinant,
  ];
}

/**
 * The similarity that puts two source points on two target points. A similarity turns, scales and
 * shifts, so that two points decide it and no face is ever stretched.
 *
 * @throws RangeError where the two source points coincide
 */
export function similarity(
  [sourceA, sourceB]: readonly [Point, Point],
  [targetA, targetB]: readonly [Point, Point],
): Transform {
  const [dx, dy] = [sourceB[0] - sourceA[0], sourceB[1] - sourceA[1]];
  const [ex, ey] = [targetB[0] - targetA[0], targetB[1] - targetA[1]];
  const squared = dx * dx + dy * dy;
  if (!(squared > 0)) {
    throw new RangeError(`Expected two different points but both are at (${sourceA})`);
  }
  // As complex numbers: the factor that turns the source's segment into the target's is e / d.
  const cosine = (ex * dx + ey * dy) / squared;
  const sine = (ey * dx - ex * dy) / squared;
  return [
    cosine,
    sine,
    -sine,
    cosine,
    targetA[0] - cosine * sourceA[0] + sine * sourceA[1],
    targetA[1] - sine * sourceA[0] - cosine * sourceA[1],
  ];
}

/** A square of the source picture: what a network that wants square input is shown. */
export interface Square {
  readonly centre: Point;
  /** Length of an edge in source pixels. */
  readonly side: number;
  /** Radians by which the square is turned clockwise as seen on the screen. */
  readonly angle: number;
}

/** The similarity that fills a crop of `size` x `size` pixels with a square of the source picture. */
export function squareTransform({ centre, side, angle }: Square, size: number): Transform {
  const scale = size / side;
  const [cosine, sine] = [scale * Math.cos(angle), scale * Math.sin(angle)];
  return [
    cosine,
    -sine,
    sine,
    cosine,
    size / 2 - cosine * centre[0] - sine * centre[1],
    size / 2 + sine * centre[0] - cosine * centre[1],
  ];
}

/** Intersection over union of two boxes, 0 to 1. */
export function overlap(a: Box, b: Box): number {
  const both = commonArea(a, b);
  return both === 0 ? 0 : both / (a[2] * a[3] + b[2] * b[3] - both);
}

/** Share of the smaller of two boxes that lies in the other one, 0 to 1. */
export function sharedPart(a: Box, b: Box): number {
  const both = commonArea(a, b);
  return both === 0 ? 0 : both / Math.min(a[2] * a[3], b[2] * b[3]);
}

function commonArea([ax, ay, aw, ah]: Box, [bx, by, bw, bh]: Box): number {
  const width = Math.min(ax + aw, bx + bw) - Math.max(ax, bx);
  const height = Math.min(ay + ah, by + bh) - Math.max(ay, by);
  return Math.max(0, width) * Math.max(0, height);
}
