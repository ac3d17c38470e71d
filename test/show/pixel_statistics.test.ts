import assert from "node:assert/strict";
import fc from "fast-check";
import { deviationMap, meanImage, medianImage, pixelMap, varianceMap } from "../../lib/show/mod.ts";
import { at, darkPixels, painted, plain } from "./sample_images.ts";

Deno.test("meanImage is the mean of each channel, rounded", () => {
  const images = [plain(2, 1, [0, 10, 255]), plain(2, 1, [1, 20, 255]), plain(2, 1, [1, 60, 255])];
  assert.deepEqual(at(meanImage(images), 1, 0), [1, 30, 255]);
});

Deno.test("medianImage is the middle value, or the mean of the two middle ones", () => {
  const grey = (value: number) => plain(1, 1, [value, 255 - value, 7]);
  assert.deepEqual(at(medianImage([3, 200, 9].map(grey)), 0, 0), [9, 246, 7]);
  assert.deepEqual(at(medianImage([0, 10, 20, 255].map(grey)), 0, 0), [15, 240, 7]);
});

Deno.test("medianImage equals sorting, for any values", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1 }), (values) => {
    const sorted = values.toSorted((first, second) => first - second);
    const middle = (sorted.length - 1) / 2;
    const expected = Math.round((sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2);
    assert.equal(
      at(medianImage(values.map((value) => plain(1, 1, [value, 0, 0]))), 0, 0)[0],
      expected,
    );
  }));
});

Deno.test("deviationMap is the mean over channels of the standard deviation over pictures", () => {
  // Standard deviations of (0, 255), (100, 100) and (0, 51): 127.5, 0 and 25.5.
  const map = deviationMap([plain(2, 1, [0, 100, 0]), plain(2, 1, [255, 100, 51])]);
  assert.deepEqual([map.width, map.height], [2, 1]);
  for (const value of map.values) assert.ok(Math.abs(value - 153 / 3 / 255) < 1e-7);
});

Deno.test("deviationMap of equal pictures is exactly zero", () => {
  const image = painted(5, 4, (x, y) => [x * 50, y * 60, 33]);
  assert.ok(deviationMap([image, image, image]).values.every((value) => value === 0));
});

Deno.test("pictures of different sizes are refused with the position of the odd one", () => {
  const images = [plain(2, 2, [0, 0, 0]), plain(2, 3, [0, 0, 0])];
  for (const statistic of [meanImage, medianImage, deviationMap]) {
    assert.throws(() => statistic(images), /2 x 2 like the first one but picture 1 is 2 x 3/);
  }
});

Deno.test("pixelMap's colours and its bar begin and end with those of the colour map", async () => {
  const map = { width: 2, height: 1, values: Float32Array.of(0, 0.5) };
  const image = await pixelMap(map, { size: 200, range: [0, 0.5], colors: "viridis" }).image();
  assert.deepEqual(at(image, 2, 50), [0x44, 0x01, 0x54]);
  assert.deepEqual(at(image, 197, 50), [0xfd, 0xe7, 0x25]);
  const bar = 200 + 2 * 16 + 10;
  const column = Array.from({ length: image.height }, (_, y) => at(image, bar, y));
  const coloured = column.filter((colour) => colour.some((value) => value < 200));
  assert.deepEqual(coloured[0], [0xfd, 0xe7, 0x25]);
  assert.deepEqual(coloured.at(-1), [0x44, 0x01, 0x54]);
});

Deno.test("varianceMap writes numbers beside its bar and says its range in plain text", async () => {
  const drawing = varianceMap([plain(40, 40, [0, 0, 0]), plain(40, 40, [51, 51, 51])], {
    size: 200,
  });
  assert.match(drawing.text, /standard deviation, colours from 0 to 0.1$/);
  const image = await drawing.image();
  assert.ok(darkPixels(image, [250, 0, image.width - 250, 200]) > 40);
});
