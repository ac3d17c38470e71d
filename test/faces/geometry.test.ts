import assert from "node:assert/strict";
import fc from "fast-check";
import {
  invertTransform,
  overlap,
  type Point,
  similarity,
  squareTransform,
  transformPoint,
} from "../../lib/faces/geometry.ts";

const coordinate = fc.double({ min: -2000, max: 2000, noNaN: true });
const point = fc.tuple(coordinate, coordinate);

function near(actual: Point, expected: Point, tolerance = 1e-6): void {
  const distance = Math.hypot(actual[0] - expected[0], actual[1] - expected[1]);
  assert.ok(distance < tolerance, `(${actual}) lies ${distance} from (${expected})`);
}

Deno.test("similarity puts two points on their targets and keeps all angles", () => {
  fc.assert(fc.property(point, point, point, point, point, (a, b, c, d, other) => {
    fc.pre(Math.hypot(a[0] - b[0], a[1] - b[1]) > 1);
    const transform = similarity([a, b], [c, d]);
    near(transformPoint(transform, a), c);
    near(transformPoint(transform, b), d);
    const scale = Math.hypot(c[0] - d[0], c[1] - d[1]) / Math.hypot(a[0] - b[0], a[1] - b[1]);
    const [x, y] = transformPoint(transform, other);
    const before = Math.hypot(other[0] - a[0], other[1] - a[1]);
    assert.ok(
      Math.abs(Math.hypot(x - c[0], y - c[1]) - scale * before) < 1e-6 * (1 + scale * before),
    );
  }));
});

Deno.test("similarity refuses two points that coincide", () => {
  assert.throws(() => similarity([[3, 4], [3, 4]], [[0, 0], [1, 0]]), /two different points/);
});

Deno.test("invertTransform undoes a transform", () => {
  fc.assert(fc.property(point, point, point, (a, b, other) => {
    fc.pre(Math.hypot(a[0] - b[0], a[1] - b[1]) > 1);
    const transform = similarity([a, b], [[30, 40], [70, 40]]);
    near(transformPoint(invertTransform(transform), transformPoint(transform, other)), other, 1e-5);
  }));
});

Deno.test("squareTransform puts the square's centre in the middle and its turned corner in a corner", () => {
  const centre: Point = [50, 80];
  const angle = 0.3;
  const transform = squareTransform({ centre, side: 40, angle }, 100);
  near(transformPoint(transform, centre), [50, 50]);
  const right: Point = [50 + 20 * Math.cos(angle), 80 + 20 * Math.sin(angle)];
  near(transformPoint(transform, right), [100, 50]);
});

Deno.test("overlap is 1 for equal boxes, 0 for boxes apart, a third for half-shifted ones", () => {
  assert.equal(overlap([0, 0, 10, 10], [0, 0, 10, 10]), 1);
  assert.equal(overlap([0, 0, 10, 10], [10, 0, 10, 10]), 0);
  assert.equal(overlap([0, 0, 10, 10], [5, 0, 10, 10]), 1 / 3);
});
