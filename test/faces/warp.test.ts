import assert from "node:assert/strict";
import fc from "fast-check";
import {
  invertTransform,
  similarity,
  squareTransform,
  transformPoint,
} from "../../lib/faces/geometry.ts";
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
