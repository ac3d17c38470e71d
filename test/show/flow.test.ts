import assert from "node:assert/strict";
import { flow } from "../../lib/show/mod.ts";
import { at, darkPixels, plain } from "./sample_images.ts";

Deno.test("flow stands stations from left to right, with pictures, words and arrows", async () => {
  const red = plain(10, 10, [220, 20, 20]);
  const drawing = flow(
    [{ title: "face", image: red, shape: "plain" }, { title: "encoder", shape: "narrowing" }],
    { width: 400, imageSize: 80 },
  );
  assert.equal(drawing.text, "face → encoder");
  assert.equal(drawing.width, 400);
  const image = await drawing.image();
  assert.equal(image.width, 800);
  // Stations are (400 - 2 * 8 - 36) / 2 = 174 wide; the picture is in the middle of the first.
  const middle = 2 * (8 + 87);
  assert.deepEqual(at(image, middle, 2 * 18 + 80), [220, 20, 20]);
  assert.deepEqual(at(image, middle - 79, 2 * 18 + 80), [220, 20, 20]);
  assert.deepEqual(at(image, middle - 84, 2 * 18 + 80), [255, 255, 255]);
  const below = 2 * (18 + 80);
  assert.ok(darkPixels(image, [16, below, 348, image.height - below]) > 100, "the title");
  assert.ok(darkPixels(image, [2 * 182, 0, 72, image.height], 160) > 60, "the arrow");
});

Deno.test("flow refuses no stations and broken pictures", () => {
  assert.throws(() => flow([]), /at least one station/);
  const broken = { width: 2, height: 2, data: new Uint8Array(3) };
  assert.throws(() => flow([{ title: "x", image: broken }]), /station 0.*2 x 2 with 3 bytes/);
});
