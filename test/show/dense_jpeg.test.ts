import assert from "node:assert/strict";
import sharp from "sharp";
import { denseJpeg } from "../../lib/show/dense_jpeg.ts";
import { at, plain } from "./sample_images.ts";

Deno.test("denseJpeg writes the resolution and the size on the page that agree with each other", async () => {
  const bytes = await denseJpeg(plain(145, 60, [10, 20, 200]), 2, 90);
  const { width, height, density, format } = await sharp(bytes).metadata();
  assert.deepEqual({ width, height, density, format }, {
    width: 145,
    height: 60,
    density: 144,
    format: "jpeg",
  });
  const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const colour = at({ width: 145, height: 60, data }, 70, 30);
  colour.forEach((value, channel) => assert.ok(Math.abs(value - [10, 20, 200][channel]!) <= 3));
});
