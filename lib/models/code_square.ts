/**
 * Codes of two values on a regular grid over the square [-1, 1] x [-1, 1], row by row from the top
 * left: the first value grows to the right, the second one upwards.
 *
 * @param columns codes in a row and in a column, at least 2
 */
export function codeGrid(columns: number): [number, number][] {
  if (!Number.isInteger(columns) || columns < 2) {
    throw new RangeError(`Expected columns to be a whole number above 1 but found ${columns}`);
  }
  const step = 2 / (columns - 1);
  return Array.from(
    { length: columns ** 2 },
    (_, index) => [index % columns * step - 1, 1 - Math.floor(index / columns) * step],
  );
}

/**
 * Codes along a smooth closed path through the square: a Lissajous figure that visits the middle,
 * the sides and the corners and ends where it began.
 *
 * @param count codes on the path
 * @param options `reach` is how far from the middle it goes, in (0, 1]. Default: 0.9
 */
export function codeLoop(
  count: number,
  { reach = 0.9 }: { readonly reach?: number } = {},
): [number, number][] {
  return Array.from({ length: count }, (_, index) => {
    const turn = 2 * Math.PI * index / count;
    return [reach * Math.sin(2 * turn), reach * Math.sin(3 * turn)];
  });
}
