import assert from "node:assert/strict";
import fc from "fast-check";
import { gridOrder, sortedMontage } from "../../lib/show/mod.ts";
import { at, plain } from "./sample_images.ts";

Deno.test("gridOrder puts a shuffled grid of points back in its rows and columns", () => {
  const points = [[2, 1], [0, 0], [1, 1], [2, 0], [0, 1], [1, 0]];
  assert.deepEqual([...gridOrder(points, 3)], [4, 2, 0, 1, 5, 3]);
});

Deno.test("gridOrder gives every point one cell and leaves the rest empty", () => {
  const point = fc.tuple(fc.double({ noNaN: true }), fc.double({ noNaN: true }));
  fc.assert(fc.property(fc.array(point, { minLength: 1, maxLength: 30 }), (points) => {
    const order = [...gridOrder(points, 4, 8)];
    assert.equal(order.length, 32);
    const placed = order.filter((index) => index >= 0).sort((first, second) => first - second);
    assert.deepEqual(placed, points.map((_, index) => index));
  }));
});

Deno.test("gridOrder finds the least cost: no order of few points is better", () => {
  const cost = (points: readonly number[][], order: readonly number[]) => {
    const share = (axis: number, index: number) => {
      const smaller = points.filter((point, other) =>
        point[axis]! < points[index]![axis]! ||
        (point[axis] === points[index]![axis] && other < index)
      );
      return (smaller.length + 0.5) / points.length;
    };
    return order.reduce((sum, index, cell) =>
      sum + (3 * share(0, index) - cell % 3 - 0.5) ** 2 +
      (2 * (1 - share(1, index)) - Math.floor(cell / 3) - 0.5) ** 2, 0);
  };
  const orders = permutations([0, 1, 2, 3, 4, 5]);
  const number = fc.integer({ min: 0, max: 9 });
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { minLength: 6, maxLength: 6 }), (points) => {
      const best = Math.min(...orders.map((order) => cost(points, order)));
      assert.ok(cost(points, [...gridOrder(points, 3)]) <= best + 1e-9);
    }),
    { numRuns: 20 },
  );
});

Deno.test("gridOrder takes the two main directions of longer features", () => {
  // Spread widely along the second number, less along the fourth, hardly along the others.
  const points = Array.from(
    { length: 12 },
    (
      _,
      index,
    ) => [0.01 * (index % 5), 10 * (index % 4), 0.02 * (index % 3), 2 * Math.floor(index / 4), 0],
  );
  const order = [...gridOrder(points, 4)];
  const column = (index: number) => order.indexOf(index) % 4;
  for (let index = 4; index < 12; index++) assert.equal(column(index), column(index - 4));
});

Deno.test("gridOrder refuses more points than cells", () => {
  assert.throws(() => gridOrder([[1, 1], [2, 2], [3, 3]], 1, 2), /at most 2 points.*got 3/);
});

Deno.test("sortedMontage lays pictures by their features", async () => {
  const dark = plain(8, 8, [10, 10, 10]);
  const light = plain(8, 8, [240, 240, 240]);
  const options = { columns: 2, size: 8, gap: 0 };
  const image = await sortedMontage([light, dark], [[1, 0], [-1, 0]], options).image();
  assert.deepEqual([at(image, 0, 0)[0], at(image, 8, 0)[0]], [10, 240]);
  assert.throws(() => sortedMontage([dark], []), /features of each of 1 pictures but got 0/);
});

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest])
  );
}
