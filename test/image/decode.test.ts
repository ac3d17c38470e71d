import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import sharp from "sharp";
import { decodeImage, encodeJpeg, encodePng, type RgbImage } from "../../lib/image/mod.ts";

/** A 3 x 2 picture in which every pixel differs. */
const image: RgbImage = {
  width: 3,
  height: 2,
  data: Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30, 40, 50, 60, 70, 80, 90),
};
const raw = sharp(image.data, { raw: { width: 3, height: 2, channels: 3 } });
const pixel = ({ width, data }: RgbImage, x: number, y: number) => [
  ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

Deno.test("decodeImage gives back what encodePng wrote", async () => {
  assert.deepEqual(await decodeImage(await encodePng(image)), image);
});

Deno.test("decodeImage applies the EXIF rotation", async () => {
  const turned = await raw.clone().withMetadata({ orientation: 6 }).png().toBuffer();
  const decoded = await decodeImage(turned);
  assert.deepEqual([decoded.width, decoded.height], [2, 3]);
  assert.deepEqual(pixel(decoded, 1, 0), [255, 0, 0]);
  assert.deepEqual(pixel(decoded, 0, 2), [70, 80, 90]);
});

Deno.test("decodeImage puts transparent parts on the background", async () => {
  const clear = await sharp({
    create: { width: 1, height: 1, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } },
  }).png().toBuffer();
  assert.deepEqual([...(await decodeImage(clear)).data], [255, 255, 255]);
  const background = { r: 1, g: 2, b: 3 };
  assert.deepEqual([...(await decodeImage(clear, { background })).data], [1, 2, 3]);
});

Deno.test("decodeImage reads grey, 16-bit and CMYK files as 8-bit RGB", async () => {
  const grey = await raw.clone().toColourspace("b-w").png().toBuffer();
  const deep = await raw.clone().toColourspace("rgb16").png().toBuffer();
  const cmyk = await raw.clone().resize(32, 32, { kernel: "nearest", fit: "fill" })
    .toColourspace("cmyk").jpeg({ quality: 100 }).toBuffer();
  const [red, green, blue] = pixel(await decodeImage(grey), 0, 1);
  assert.ok(red === green && green === blue, `${red} ${green} ${blue}`);
  assert.deepEqual(pixel(await decodeImage(deep), 2, 1), [70, 80, 90]);
  const printed = await decodeImage(cmyk);
  assert.equal(printed.data.length, 32 * 32 * 3);
  const [r = 0, g = 0, b = 0] = pixel(printed, 2, 2);
  assert.ok(r > 150 && g < 110 && b < 110, `red came back as ${[r, g, b]}`);
});

Deno.test("decodeImage converts by a colour profile, but leaves the values of an sRGB one", async () => {
  const wide = new Uint8Array(await raw.clone().withIccProfile("p3").jpeg().toBuffer());
  const own = await sharp(wide, { ignoreIcc: true }).raw().toBuffer();
  assert.notDeepEqual([...(await decodeImage(wide)).data], [...own]);
  const profile = Buffer.from(wide.buffer).indexOf("ICC_PROFILE\0") + 14;
  wide.set(new TextEncoder().encode("IEC sRGB"), profile + 48);
  assert.deepEqual([...(await decodeImage(wide)).data], [...own]);
});

Deno.test("decodeImage rejects a file that ends early", async () => {
  const noise = Uint8Array.from({ length: 64 * 64 * 3 }, (_, index) => (index * 7919) % 251);
  const whole = await encodeJpeg({ width: 64, height: 64, data: noise });
  await assert.rejects(() => decodeImage(whole.subarray(0, whole.length / 2)), Error);
});

Deno.test("decodeImage rejects more pixels than it may decode, by the header alone", async () => {
  const bytes = await encodePng(image);
  await assert.rejects(() => decodeImage(bytes, { maximumPixels: 5 }), /pixel limit/);
  assert.equal((await decodeImage(bytes, { maximumPixels: 6 })).width, 3);
});

Deno.test("decodeImage rejects what is no picture", async () => {
  await assert.rejects(() => decodeImage(new TextEncoder().encode("<html></html>")), Error);
});
