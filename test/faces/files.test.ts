import assert from "node:assert/strict";
import fc from "fast-check";
import sharp, { type Sharp } from "sharp";
import { openCatalog } from "../../lib/catalog/mod.ts";
import {
  type FaceDetector,
  loadFaceDetector,
  normalizationSettings,
  normalize,
  readCrop,
} from "../../lib/faces/mod.ts";
import { decodeImage, encodePng } from "../../lib/image/mod.ts";
import { calmRanges, drawPerson, drawPose, paintPortrait } from "../../lib/sample/painter/mod.ts";
import { pngStating } from "../image/png_stating.ts";
import { inFolder } from "../in_folder.ts";
import { fillCatalog } from "./fill_catalog.ts";

const settings = normalizationSettings({ size: 64 });
const portrait = paintPortrait(
  { person: drawPerson(3, calmRanges), pose: drawPose(3, calmRanges) },
  { size: 160 },
);
const png = await encodePng(portrait.image);
const [eyeX, eyeY] = portrait.landmarks.leftEye;

Deno.test("the one face is found at its place in EXIF-turned, clear, grey, CMYK, 16-bit and animated files", async () => {
  const plain = () => sharp(png);
  const sideways = await plain().rotate(-90).jpeg().toBuffer();
  const frames = [png, await plain().negate().png().toBuffer()];
  const files: Record<string, Sharp> = {
    "EXIF rotation": sharp(sideways).withMetadata({ orientation: 6 }).jpeg(),
    alpha: plain().ensureAlpha(0.9).png(),
    "alpha and palette": plain().ensureAlpha().png({ palette: true }),
    grey: plain().toColourspace("b-w").png(),
    "grey and alpha": plain().toColourspace("b-w").ensureAlpha().png(),
    CMYK: plain().toColourspace("cmyk").jpeg({ quality: 95 }),
    "16-bit": plain().toColourspace("rgb16").png(),
    "16-bit grey": plain().toColourspace("grey16").png(),
    "16-bit TIFF": plain().toColourspace("rgb16").tiff(),
    "animated GIF": sharp(frames, { join: { animated: true } }).gif(),
    "animated WebP": sharp(frames, { join: { animated: true } }).webp(),
    AVIF: plain().avif({ quality: 80 }),
  };
  const detector: FaceDetector = await loadFaceDetector();
  for (const [name, file] of Object.entries(files)) {
    const image = await decodeImage(new Uint8Array(await file.toBuffer()));
    assert.deepEqual([image.width, image.height], [160, 160], name);
    const [faces] = await detector.detect([image]);
    assert.equal(faces!.length, 1, name);
    const [x, y] = faces![0]!.landmarks.leftEye;
    assert.ok(Math.hypot(x - eyeX, y - eyeY) < 4, `${name}: eye at ${x}, ${y}`);
  }
});

Deno.test("normalize records hostile files with the reason and does the others", async () => {
  await inFolder(async (folder) => {
    using catalog = openCatalog(`${folder}/catalog.sqlite`);
    const side = 20_000;
    const hostile: Record<string, Uint8Array> = {
      huge: pngStating(side, side, { channels: 1, zeros: side * (side + 1) }),
      "lying header": pngStating(5000, 5000, { channels: 1, zeros: 5001 }),
      "absurd header": pngStating(2 ** 31 - 1, 2 ** 31 - 1, { channels: 1, zeros: 10 }),
      empty: new Uint8Array(),
    };
    const pixel = await sharp({ create: { width: 1, height: 1, channels: 3, background: "#a86" } })
      .png().toBuffer();
    const sliver = await sharp(png).resize(3000, 1, { fit: "fill" }).png().toBuffer();
    const harmless = [new Uint8Array(pixel), new Uint8Array(sliver)];
    await fillCatalog(catalog, [...Object.values(hostile), ...harmless, png]);
    await Array.fromAsync(normalize(catalog, { size: 64 }));
    const bytesOf = new Map(catalog.pictures().map(({ id, bytes }) => [id, bytes]));
    const results = new Map(
      catalog.normalizations(settings).map((row) => [bytesOf.get(row.pictureId), row]),
    );
    for (const [name, { length }] of Object.entries(hostile)) {
      assert.equal(results.get(length)?.reason, "unreadable", name);
      assert.ok(results.get(length)!.detail, `${name} has no detail`);
    }
    for (const { length } of harmless) assert.equal(results.get(length)?.reason, "no-face");
    assert.equal(results.get(png.length)?.status, "done");
  });
});

Deno.test("normalize takes any bytes that call themselves a picture", async () => {
  const start = fc.constantFrom(png.slice(0, 40), png.slice(0, png.length - 9), new Uint8Array());
  const bytes = fc.tuple(start, fc.uint8Array({ minLength: 1, maxLength: 60 }));
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, { minLength: 1, maxLength: 8 }), async (files) => {
      await inFolder(async (folder) => {
        using catalog = openCatalog(`${folder}/catalog.sqlite`);
        const whole = files.map(([head, tail]) => new Uint8Array([...head, ...tail]));
        await fillCatalog(catalog, whole);
        await Array.fromAsync(normalize(catalog, { size: 64 }));
        assert.equal(catalog.pendingForNormalization(settings).length, 0);
      });
    }),
    { numRuns: 5, seed: 1 },
  );
});

Deno.test("normalize finds a hundred faces in one picture, below a folder of any Unicode name", async () => {
  await inFolder(async (folder) => {
    const name = `${folder}/얼굴 100개 – ‘faces’ 🎭 %20#?`;
    await Deno.mkdir(name);
    using catalog = openCatalog(`${name}/catalog.sqlite`);
    const face = await sharp(png).resize(120).png().toBuffer();
    const crowd = await sharp({
      create: { width: 1200, height: 1200, channels: 3, background: "#777" },
    }).composite(Array.from({ length: 100 }, (_, index) => ({
      input: face,
      left: 120 * (index % 10),
      top: 120 * Math.floor(index / 10),
    }))).jpeg({ quality: 92 }).toBuffer();
    await fillCatalog(catalog, [new Uint8Array(crowd)]);
    await Array.fromAsync(normalize(catalog, { size: 64 }));
    const faces = catalog.faces({ settings, usable: true });
    assert.equal(faces.length, 100);
    assert.equal((await readCrop(catalog, faces[99]!)).width, 64);
  });
});
