import assert from "node:assert/strict";
import { decodeImage } from "../../lib/image/mod.ts";
import {
  animation,
  averageFace,
  averageFaces,
  gallery,
  latentGrid,
  marked,
  montage,
  picture,
  pictures,
} from "../../lib/show/mod.ts";
import { at, darkPixels, plain } from "./sample_images.ts";

const red = plain(10, 8, [200, 0, 0]);
const green = plain(10, 8, [0, 200, 0]);
const blue = plain(10, 8, [0, 0, 200]);

Deno.test("montage puts each picture at its cell's first pixel, with white gaps", async () => {
  const image = await montage([red, green, blue], { columns: 2, size: 10, gap: 3 }).image();
  assert.deepEqual([image.width, image.height], [23, 19]);
  assert.deepEqual(at(image, 0, 0), [200, 0, 0]);
  assert.deepEqual(at(image, 9, 7), [200, 0, 0]);
  assert.deepEqual(at(image, 10, 0), [255, 255, 255]);
  assert.deepEqual(at(image, 12, 7), [255, 255, 255]);
  assert.deepEqual(at(image, 13, 0), [0, 200, 0]);
  assert.deepEqual(at(image, 0, 10), [255, 255, 255]);
  assert.deepEqual(at(image, 0, 11), [0, 0, 200]);
  assert.deepEqual(at(image, 13, 11), [255, 255, 255]);
});

Deno.test("montage writes its labels below the pictures and nowhere else", async () => {
  const options = { columns: 2, size: 60, gap: 0 };
  const image = await montage([red, green], { ...options, labels: ["first", ""] }).image();
  assert.deepEqual([image.width, image.height], [120, 48 + 18]);
  assert.ok(darkPixels(image, [0, 48, 60, 18], 170) > 15);
  assert.equal(darkPixels(image, [60, 48, 60, 18], 250), 0);
});

Deno.test("montage keeps the proportions of a picture that does not fill its cell", async () => {
  const tall = plain(4, 8, [0, 0, 0]);
  const image = await montage([red, tall], { columns: 2, size: 10, gap: 0 }).image();
  assert.deepEqual(at(image, 12, 4), [255, 255, 255]);
  assert.deepEqual(at(image, 13, 0), [0, 0, 0]);
  assert.deepEqual(at(image, 16, 7), [0, 0, 0]);
  assert.deepEqual(at(image, 17, 4), [255, 255, 255]);
});

Deno.test("montage refuses what it cannot draw and says why", () => {
  assert.throws(() => montage([]), /at least one picture for the montage/);
  assert.throws(() => montage([red], { labels: [] }), /Expected 1 labels/);
  assert.throws(() => montage([red], { columns: 0 }), /columns to be a whole number above 0/);
  const broken = { width: 3, height: 3, data: new Uint8Array(5) };
  assert.throws(() => montage([red, broken]), /picture 1 of the montage.*3 x 3 with 5 bytes/);
});

Deno.test("latentGrid lays rows from the top left, edge to edge", async () => {
  const image = await latentGrid([red, green, blue, red], { size: 10, axes: false }).image();
  assert.deepEqual([image.width, image.height], [20, 16]);
  assert.deepEqual(at(image, 9, 7), [200, 0, 0]);
  assert.deepEqual(at(image, 10, 0), [0, 200, 0]);
  assert.deepEqual(at(image, 0, 8), [0, 0, 200]);
});

Deno.test("latentGrid writes the values along its sides", async () => {
  const drawing = latentGrid([red, green, blue, red], { size: 100, labels: ["hair", "yaw"] });
  const image = await drawing.image();
  const left = image.width - 8 - 200;
  assert.ok(darkPixels(image, [0, 0, left, 160]) > 20, "names and values at the left");
  assert.ok(darkPixels(image, [left, 160, 200, image.height - 160]) > 20, "and below");
  assert.match(drawing.text, /hair from −1 \(left\) to 1 \(right\), yaw from −1 \(bottom\)/);
});

Deno.test("latentGrid refuses rows that are not full", () => {
  assert.throws(() => latentGrid([red, green, blue], { columns: 2 }), /full rows of 2/);
});

Deno.test("pictures stands captions below their pictures, Hangul and Chinese too", async () => {
  const white = plain(100, 40, [255, 255, 255]);
  for (const caption of ["Caption", "한국 얼굴", "韩国女歌手"]) {
    const image = await pictures([[white, caption]], { size: 100 }).image();
    assert.equal(image.width, 200, "two pixels for a CSS pixel");
    assert.equal(darkPixels(image, [0, 0, 200, 80], 250), 0);
    assert.ok(darkPixels(image, [0, 80, 200, 80]) > 60, caption);
  }
});

Deno.test("different Chinese captions look different: each character has its own glyph", async () => {
  const white = plain(100, 20, [255, 255, 255]);
  const draw = (caption: string) => pictures([[white, caption]], { size: 100 }).image();
  const [first, second] = [await draw("女"), await draw("歌")];
  assert.notDeepEqual(first.data, second.data);
});

Deno.test("picture gives JPEG bytes of the enlarged picture", async () => {
  const bundle = await picture(plain(50, 40, [10, 200, 90])).bundle();
  assert.deepEqual(Object.keys(bundle).sort(), ["image/jpeg", "text/plain"]);
  const image = await decodeImage(Uint8Array.fromBase64(bundle["image/jpeg"] as string));
  assert.deepEqual([image.width, image.height], [300, 240]);
  at(image, 150, 120).forEach((value, channel) =>
    assert.ok(Math.abs(value - [10, 200, 90][channel]!) <= 3)
  );
});

Deno.test("averageFace shows the mean picture", async () => {
  const image = await averageFace([red, green], { size: 10 }).image();
  assert.deepEqual(at(image, 5, 4), [100, 100, 0]);
});

Deno.test("a Drawing draws only once, however often it is shown", async () => {
  const drawing = picture(red);
  assert.equal(await drawing.image(), await drawing.image());
  assert.deepEqual(await drawing.bundle(), await drawing.bundle());
});

Deno.test("animation refuses a senseless rate", () => {
  assert.throws(() => animation([red], { framesPerSecond: 0 }), /framesPerSecond in \(0, 100\]/);
});

Deno.test("marked draws boxes, points and lines at their places and leaves the picture alone", () => {
  const grey = plain(320, 200, [128, 128, 128]);
  const image = marked(grey, {
    boxes: [{ box: [40, 50, 100, 80], label: "0.98" }],
    points: [[200, 100]],
    lines: [[[220, 40], [300, 40]]],
  });
  const isGrey = (x: number, y: number) => at(image, x, y).join() === "128,128,128";
  assert.ok(isGrey(90, 90) && isGrey(10, 10) && isGrey(150, 120));
  assert.ok(!isGrey(40, 90) && !isGrey(140, 90) && !isGrey(90, 130), "edges of the box");
  assert.ok(!isGrey(45, 45), "the label's tag above its upper edge");
  assert.ok(!isGrey(200, 100) && !isGrey(260, 40), "the point and the line");
  assert.ok(grey.data.every((value) => value === 128), "the given picture is as it was");
});

Deno.test("averageFaces shows the mean of each group and leaves out empty ones", async () => {
  const drawing = averageFaces({ dark: [red, green], none: [], light: [blue] }, { size: 64 });
  assert.equal(drawing.text, "2 pictures: dark 2 faces; light 1 face");
  assert.deepEqual(at(await drawing.image(), 60, 40), [100, 100, 0]);
});

Deno.test("gallery has a row for each group, headed by its name and number", async () => {
  const square = plain(20, 20, [200, 0, 0]);
  const groups = {
    "too small": [square, square, square],
    blurred: [],
    man: [plain(20, 20, [0, 0, 200])],
  };
  const drawing = gallery(groups, { columns: 2, size: 50, counts: { "too small": 1234 } });
  assert.equal(drawing.text, "too small: 1,234, blurred: 0, man: 1");
  const image = await drawing.image();
  // Rows begin at 0, 24 + 50 + 14 and that + 24 + 14 CSS pixels, pictures 24 below.
  assert.equal(image.width, 2 * 104);
  assert.deepEqual(at(image, 2 * 5, 2 * 30), [200, 0, 0]);
  assert.deepEqual(at(image, 2 * 60, 2 * 30), [200, 0, 0]);
  assert.deepEqual(at(image, 2 * 5, 2 * (88 + 38 + 30)), [0, 0, 200]);
  assert.deepEqual(at(image, 2 * 60, 2 * (88 + 38 + 30)), [255, 255, 255]);
  assert.ok(
    darkPixels(image, [0, 2 * 88, 208, 48]) > 50,
    "a group without pictures has its heading",
  );
});
