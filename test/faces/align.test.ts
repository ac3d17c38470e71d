import assert from "node:assert/strict";
import fc from "fast-check";
import { alignEyes, eyesLevelTransform } from "../../lib/faces/align.ts";
import { type Point, transformPoint } from "../../lib/faces/geometry.ts";
import type { RgbImage } from "../../lib/image/rgb_image.ts";

/** A picture of soft round spots, one of pure red and one of pure blue, on mid grey. */
function spots(
  width: number,
  height: number,
  [red, blue]: readonly Point[],
  radius: number,
): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const spot = ([cx, cy]: Point) =>
        Math.exp(-((x + 0.5 - cx) ** 2 + (y + 0.5 - cy) ** 2) / (2 * radius * radius));
      data.set([255 * spot(red!), 0, 255 * spot(blue!)], 3 * (y * width + x));
    }
  }
  return { width, height, data };
}

/** Centre of mass of one colour channel, in pixels. */
function centreOf({ width, data }: RgbImage, channel: number): Point {
  let [mass, sumX, sumY] = [0, 0, 0];
  for (let at = channel; at < data.length; at += 3) {
    const pixel = Math.floor(at / 3);
    mass += data[at]!;
    sumX += data[at]! * (pixel % width + 0.5);
    sumY += data[at]! * (Math.floor(pixel / width) + 0.5);
  }
  return [sumX / mass, sumY / mass];
}

Deno.test("eyesLevelTransform gives the numbers of imutils' FaceAligner", () => {
  // imutils: scale = (1 - 2 * 0.35) * size / distance, midpoint of the eyes to (size / 2, 0.35 size).
  const transform = eyesLevelTransform([[200, 300], [260, 380]], { size: 100 });
  assert.ok(Math.abs(Math.hypot(transform[0], transform[1]) - 0.3 * 100 / 100) < 1e-12);
  const [x, y] = transformPoint(transform, [230, 340]);
  assert.ok(Math.abs(x - 50) < 1e-9 && Math.abs(y - 35) < 1e-9);
});

Deno.test("alignEyes puts both eyes on one level within 0.1 px, whatever the face's turn and size", () => {
  const parameters = fc.record({
    angle: fc.double({ min: -1.2, max: 1.2, noNaN: true }),
    distance: fc.double({ min: 24, max: 60, noNaN: true }),
    size: fc.constantFrom(48, 64, 100),
    eyeX: fc.double({ min: 0.3, max: 0.4, noNaN: true }),
    eyeY: fc.double({ min: 0.3, max: 0.5, noNaN: true }),
    shift: fc.double({ min: -5, max: 5, noNaN: true }),
  });
  fc.assert(
    fc.property(parameters, ({ angle, distance, size, eyeX, eyeY, shift }) => {
      const [cx, cy] = [200 + shift, 200 - shift];
      const [dx, dy] = [Math.cos(angle) * distance / 2, Math.sin(angle) * distance / 2];
      const eyes = [[cx - dx, cy - dy], [cx + dx, cy + dy]] as const;
      // Large enough that no reflected eye comes into the crop.
      const image = spots(400, 400, eyes, distance / 14);
      const crop = alignEyes(image, eyes, { size, eyeX, eyeY });
      const [left, right] = [centreOf(crop, 0), centreOf(crop, 2)];
      assert.ok(Math.abs(left[1] - right[1]) < 0.1, `levels ${left[1]} and ${right[1]}`);
      assert.ok(Math.hypot(left[0] - eyeX * size, left[1] - eyeY * size) < 0.1, `left eye ${left}`);
      assert.ok(Math.hypot(right[0] - (1 - eyeX) * size, right[1] - eyeY * size) < 0.1);
    }),
    { numRuns: 25, seed: 1 },
  );
});

Deno.test("alignEyes refuses an eye at or beyond the middle", () => {
  assert.throws(() => eyesLevelTransform([[0, 0], [1, 0]], { eyeX: 0.5 }), /left of the middle/);
});
