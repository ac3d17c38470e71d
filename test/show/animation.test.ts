import { Buffer } from "node:buffer";
import assert from "node:assert/strict";
import { crc32, inflateSync } from "node:zlib";
import sharp from "sharp";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { animation, save } from "../../lib/show/mod.ts";
import type { RgbImage } from "../../lib/image/mod.ts";
import { at, painted } from "./sample_images.ts";

const frames = Array.from(
  { length: 5 },
  (_, frame) => painted(32, 24, (x, y) => x < 4 ? [9, 9, 9] : [40 * frame, x * 7, y * 9]),
);

for (const format of ["gif", "webp"] as const) {
  Deno.test(`animation as ${format} has all frames, their time and plays for ever`, async () => {
    const drawing = animation(frames, { format, framesPerSecond: 10, size: 32 });
    const [encoded] = await drawing.encoded();
    assert.equal(encoded?.mime, `image/${format}`);
    const { pages, delay, loop, pageHeight, width } = await sharp(encoded!.bytes, { pages: -1 })
      .metadata();
    assert.deepEqual({ pages, delay, loop, pageHeight, width }, {
      pages: 5,
      delay: [100, 100, 100, 100, 100],
      loop: 0,
      pageHeight: 24,
      width: 32,
    });
  });
}

Deno.test("animation is an animated PNG whose frames are the pictures", async () => {
  const drawing = animation(frames, { framesPerSecond: 20, size: 32, loop: 3 });
  const bundle = await drawing.bundle();
  assert.deepEqual(Object.keys(bundle).sort(), ["image/png", "text/plain"]);
  const { images, loop, delays } = readAnimatedPng(
    Uint8Array.fromBase64(bundle["image/png"] as string),
  );
  assert.equal(loop, 3);
  assert.deepEqual(delays, [50, 50, 50, 50, 50]);
  assert.equal(images.length, 5);
  images.forEach((image, frame) => {
    let worst = 0;
    image.data.forEach((value, index) => {
      worst = Math.max(worst, Math.abs(value - frames[frame]!.data[index]!));
    });
    assert.ok(worst <= 40, `frame ${frame} is off by ${worst}`);
    assert.deepEqual(at(image, 1, 1), at(images[0]!, 1, 1), "what stands still stays as it is");
  });
});

Deno.test("an animated PNG is a PNG: other readers see its first frame", async () => {
  const [encoded] = await animation(frames, { size: 32 }).encoded();
  const { data, info } = await sharp(encoded!.bytes).removeAlpha().raw().toBuffer({
    resolveWithObject: true,
  });
  assert.deepEqual([info.width, info.height], [32, 24]);
  assert.ok(Math.abs(data[3 * 20 + 1]! - 140) <= 20);
});

Deno.test("an animation of many colours keeps to the 256 places of a palette", async () => {
  const colourful = [0, 1].map((frame) =>
    painted(64, 64, (x, y) => [x * 4, y * 4, (x * y + 90 * frame) % 256])
  );
  const [encoded] = await animation(colourful, { size: 64 }).encoded();
  const { images } = readAnimatedPng(encoded!.bytes);
  assert.equal(images.length, 2);
});

Deno.test("save writes an animation in the format of the file's name", async () => {
  const folder = await Deno.makeTempDir({ dir: tmpdir() });
  try {
    const drawing = animation(frames, { size: 32 });
    for (const [ending, format] of [["gif", "gif"], ["webp", "webp"], ["png", "png"]] as const) {
      const path = await save(drawing, join(folder, "deep", `walk.${ending}`));
      assert.equal((await sharp(path).metadata()).format, format);
    }
    await assert.rejects(save(drawing, join(folder, "walk.mp4")), /extension.*found "\.mp4"/s);
    assert.deepEqual([...Deno.readDirSync(join(folder, "deep"))].length, 3, "no part files stay");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** Plays an animated PNG of the kind that is written here, checking every checksum on the way. */
function readAnimatedPng(bytes: Uint8Array) {
  const png = Buffer.from(bytes);
  let palette = Buffer.alloc(0);
  let alpha = Buffer.alloc(0);
  let [width, height, count, loop] = [0, 0, 0, 0];
  const delays: number[] = [];
  const images: RgbImage[] = [];
  const sequence: number[] = [];
  const read = (deflated: Uint8Array) => {
    const rows = inflateSync(deflated);
    const before = images.at(-1)?.data ?? new Uint8Array(width * height * 3);
    const data = before.slice();
    for (let pixel = 0; pixel < width * height; pixel++) {
      const index = rows[pixel + 1 + Math.floor(pixel / width)]!;
      if (alpha[index] !== 0) data.set(palette.subarray(3 * index, 3 * index + 3), 3 * pixel);
    }
    images.push({ width, height, data });
  };
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const name = png.toString("latin1", at + 4, at + 8);
    const content = png.subarray(at + 8, at + 8 + length);
    assert.equal(png.readUInt32BE(at + 8 + length), crc32(png.subarray(at + 4, at + 8 + length)));
    if (name === "IHDR") [width, height] = [content.readUInt32BE(0), content.readUInt32BE(4)];
    if (name === "acTL") [count, loop] = [content.readUInt32BE(0), content.readUInt32BE(4)];
    if (name === "PLTE") palette = content;
    if (name === "tRNS") alpha = content;
    if (name === "fcTL") delays.push(1000 * content.readUInt16BE(20) / content.readUInt16BE(22));
    if (name === "fcTL" || name === "fdAT") sequence.push(content.readUInt32BE(0));
    if (name === "IDAT") read(content);
    if (name === "fdAT") read(content.subarray(4));
    at += 12 + length;
  }
  assert.ok(palette.length % 3 === 0 && palette.length <= 768);
  assert.ok(alpha.length <= palette.length / 3);
  assert.deepEqual(sequence, sequence.map((_, index) => index));
  assert.equal(images.length, count);
  return { images, loop, delays };
}
