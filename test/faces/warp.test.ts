import assert from "node:assert/strict";
import fc from "fast-check";
import {
  invertTransform,
  type Point,
  similarity,
  squareTransform,
  transformPoint,
} from "../../lib/faces/geometry.ts";
import { places, type Taps, tapsOf } from "../../lib/faces/taps.ts";
import { borderShare, reflect, warp } from "../../lib/faces/warp.ts";
import type { RgbImage } from "../../lib/image/rgb_image.ts";

function painted(
  width: number,
  height: number,
  value: (x: number, y: number) => readonly [number, number, number],
): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      data.set(value(x + 0.5, y + 0.5).map(Math.round), 3 * (y * width + x));
    }
  }
  return { width, height, data };
}

Deno.test("warp of a smooth picture equals its analytic value within 1.5 grey levels", () => {
  const wave = (x: number, y: number) =>
    [
      128 + 100 * Math.sin(x / 23),
      128 + 100 * Math.cos(y / 19),
      128 + 60 * Math.sin((x + y) / 31),
    ] as const;
  const image = painted(220, 200, wave);
  const parameters = fc.record({
    angle: fc.double({ min: -3, max: 3, noNaN: true }),
    side: fc.double({ min: 20, max: 90, noNaN: true }),
    kernel: fc.constantFrom("cubic" as const, "linear" as const),
  });
  fc.assert(
    fc.property(parameters, ({ angle, side, kernel }) => {
      const transform = squareTransform({ centre: [110, 100], side, angle }, 40);
      const values = warp(image, transform, { size: 40, kernel });
      const back = invertTransform(transform);
      for (let pixel = 0; pixel < 1600; pixel++) {
        const expected = wave(
          ...transformPoint(back, [pixel % 40 + 0.5, Math.floor(pixel / 40) + 0.5]),
        );
        expected.forEach((value, channel) => {
          const found = values[3 * pixel + channel]!;
          assert.ok(Math.abs(found - value) < 1.5, `${found} where ${value} is expected`);
        });
      }
    }),
    { numRuns: 30, seed: 1 },
  );
});

Deno.test("warp is the sum over the kernel's taps, inside the picture, beside it and in tiles", () => {
  const image = painted(130, 90, (x, y) => [(37 * x * y) % 256, (91 * x + 3 * y) % 256, 2 * y]);
  const parameters = fc.record({
    centre: fc.tuple(
      fc.double({ min: -150, max: 250, noNaN: true }),
      fc.double({ min: -150, max: 250, noNaN: true }),
    ),
    side: fc.double({ min: 3, max: 900, noNaN: true }),
    angle: fc.double({ min: -3, max: 3, noNaN: true }),
    kernel: fc.constantFrom("cubic" as const, "linear" as const),
  });
  fc.assert(
    fc.property(parameters, ({ kernel, ...square }) => {
      const transform = squareTransform(square, 13);
      const taps = tapsOf(kernel, Math.max(1, square.side / 13));
      warp(image, transform, { size: 13, kernel, white: 1 }).forEach((value, index) => {
        const pixel = Math.floor(index / 3);
        const place = [pixel % 13 + 0.5, Math.floor(pixel / 13) + 0.5] as const;
        const middle = transformPoint(invertTransform(transform), place);
        const expected = sumOverTaps(image, middle, taps)[index % 3]! / 255;
        // Where a place lies half-way between two known ones, rounding decides.
        assert.ok(
          Math.abs(value - expected) < 1 / places,
          `${value} where ${expected} is expected`,
        );
      });
    }),
    { numRuns: 40, seed: 1 },
  );
});

/** The three channels at a place of the picture, by the definition. */
function sumOverTaps(
  { width, height, data }: RgbImage,
  middle: Point,
  { count, reach, weights }: Taps,
): number[] {
  const [x, y] = middle.map((at) => {
    const place = Math.round((at - 0.5 - reach) * places);
    const first = Math.ceil(place / places);
    const row = first * places - place;
    return { first, weights: weights.subarray(row * count, (row + 1) * count) };
  }) as [{ first: number; weights: Float32Array }, { first: number; weights: Float32Array }];
  const sums = [0, 0, 0];
  y.weights.forEach((weightY, tapY) =>
    x.weights.forEach((weightX, tapX) => {
      const row = reflect(y.first + tapY, height);
      const column = reflect(x.first + tapX, width);
      for (const channel of [0, 1, 2]) {
        sums[channel]! += weightX * weightY * data[3 * (row * width + column) + channel]!;
      }
    })
  );
  return sums;
}

Deno.test("warp with the identity returns the picture's own bytes", () => {
  const image = painted(16, 16, (x, y) => [x * 15, y * 15, (x * y) % 256]);
  for (const kernel of ["cubic", "linear"] as const) {
    const values = warp(image, [1, 0, 0, 1, 0, 0], { size: 16, kernel });
    values.forEach((value, index) => assert.ok(Math.abs(value - image.data[index]!) < 1e-4));
  }
});

Deno.test("warp shrinks stripes finer than an output pixel to their mean instead of aliasing", () => {
  const stripes = painted(400, 400, (x) => Math.floor(x) % 2 ? [255, 255, 255] : [0, 0, 0]);
  for (const kernel of ["cubic", "linear"] as const) {
    for (const angle of [0, 0.3]) {
      const transform = squareTransform({ centre: [200, 200], side: 260, angle }, 40);
      for (const value of warp(stripes, transform, { size: 40, kernel })) {
        assert.ok(Math.abs(value - 127.5) < 6, `${kernel}: ${value}`);
      }
    }
  }
});

Deno.test("warp continues the picture by its reflection where the crop leaves it", () => {
  const image = painted(30, 30, (x, y) => [8 * x, 8 * y, 0]);
  const values = warp(image, [1, 0, 0, 1, 10, 10], { size: 20 });
  // Crop pixel 9 is source pixel -1, the reflection of pixel 0; crop pixel 10 is pixel 0.
  assert.ok(Math.abs(values[3 * (15 * 20 + 9)]! - values[3 * (15 * 20 + 10)]!) < 1e-3);
  assert.ok(Math.abs(values[3 * (15 * 20 + 5)]! - values[3 * (15 * 20 + 14)]!) < 1e-3);
});

Deno.test("reflect stays inside and repeats the edge once", () => {
  assert.deepEqual([-3, -2, -1, 0, 1, 2, 3, 4, 5, 6].map((index) => reflect(index, 3)), [
    2,
    1,
    0,
    0,
    1,
    2,
    2,
    1,
    0,
    0,
  ]);
  fc.assert(fc.property(fc.integer(), fc.integer({ min: 1, max: 9 }), (index, length) => {
    const inside = reflect(index, length);
    assert.ok(inside >= 0 && inside < length);
  }));
});

Deno.test("warp refuses a size that is no whole number of pixels", () => {
  const image = painted(4, 4, () => [0, 0, 0]);
  assert.throws(
    () => warp(image, [1, 0, 0, 1, 0, 0], { size: 2.5 }),
    /1 pixel or more but found 2.5/,
  );
});

Deno.test("borderShare is the share of the crop outside the picture", () => {
  const picture = { width: 100, height: 100 };
  const inside = similarity([[20, 20], [80, 20]], [[0, 0], [100, 0]]);
  assert.equal(borderShare(picture, inside, 100), 0);
  assert.equal(borderShare(picture, [1, 0, 0, 1, 50, 0], 100), 0.5);
});
