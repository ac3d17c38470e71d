/**
 * The growing (or falling) function nearest to points by squared error: "pool adjacent violators"
 * (Barlow et al., "Statistical inference under order restrictions", 1972).
 *
 * @param options `falling` fits a falling function. Default: false
 * @returns the function: straight between the points, level beyond them
 */
export function isotonicRegression(
  x: readonly number[],
  y: readonly number[],
  { falling = false }: { readonly falling?: boolean } = {},
): (value: number) => number {
  if (x.length === 0 || x.length !== y.length) {
    throw new RangeError(
      `Expected as many x as y, at least one, but found ${x.length}, ${y.length}`,
    );
  }
  const sign = falling ? -1 : 1;
  const order = [...x.keys()].sort((left, right) => x[left]! - x[right]!);
  const blocks: { x: number; y: number; count: number }[] = [];
  for (const index of order) {
    let block = { x: x[index]!, y: sign * y[index]!, count: 1 };
    for (let last = blocks.at(-1); last && last.y >= block.y; last = blocks.at(-1)) {
      blocks.pop();
      const count = last.count + block.count;
      const mean = (a: number, b: number) => (a * last.count + b * block.count) / count;
      block = { x: mean(last.x, block.x), y: mean(last.y, block.y), count };
    }
    blocks.push(block);
  }
  return (value) => {
    const after = blocks.findIndex((block) => block.x >= value);
    const right = blocks[after] ?? blocks.at(-1)!;
    const left = blocks[after - 1] ?? right;
    const share = right.x === left.x ? 0 : (value - left.x) / (right.x - left.x);
    return sign * (left.y + share * (right.y - left.y));
  };
}
