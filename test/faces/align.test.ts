import assert from "node:assert/strict";
import fc from "fast-check";
import {
  alignedCrop,
  alignEyes,
  type AlignPoints,
  alignTransform,
  eyesLevelTransform,
} from "../../lib/faces/align.ts";
import { type Point, transformPoint } from "../../lib/faces/geometry.ts";
import { warpImage } from "../../lib/faces/warp.ts";
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

const place = fc.double({ min: -40, max: 40, noNaN: true });

Deno.test("ffhqTransform fills the crop with the quad of FFHQ's published recipe", () => {
  fc.assert(fc.property(fc.tuple(place, place, place, place), ([a, b, c, d]) => {
    const [leftEye, rightEye]: Point[] = [[200 + a, 300 + b], [300 + c, 300 + d]];
    const [mouthLeft, mouthRight]: Point[] = [[215 + b, 400 + c], [285 + d, 400 + a]];
    const points = { leftEye, rightEye, mouthLeft, mouthRight } as AlignPoints;
    // The recipe with complex numbers: a quarter turn is a multiplication by i.
    const eye = [(leftEye![0] + rightEye![0]) / 2, (leftEye![1] + rightEye![1]) / 2];
    const across = [rightEye![0] - leftEye![0], rightEye![1] - leftEye![1]];
    const down = [
      (mouthLeft![0] + mouthRight![0]) / 2 - eye[0]!,
      (mouthLeft![1] + mouthRight![1]) / 2 - eye[1]!,
    ];
    const axis = [across[0]! + down[1]!, across[1]! - down[0]!];
    const half = Math.max(2 * Math.hypot(...across), 1.8 * Math.hypot(...down)) /
      Math.hypot(...axis);
    const x = axis.map((value) => half * value);
    const y = [-x[1]!, x[0]!];
    const centre = eye.map((value, index) => value + 0.1 * down[index]!);
    const transform = alignTransform(points, { alignment: "ffhq", size: 128 });
    for (const [i, j] of [[-1, -1], [-1, 1], [1, 1], [1, -1]] as const) {
      const corner = [0, 1].map((axis) => centre[axis]! + i * x[axis]! + j * y[axis]!);
      const [u, v] = transformPoint(transform, corner as unknown as Point);
      assert.ok(Math.hypot(u - 64 * (1 + i), v - 64 * (1 + j)) < 1e-6, `${u}, ${v}`);
    }
  }));
});

Deno.test("alignedCrop with ffhq leaves pixels inside the picture alone and smooths what lies beyond", () => {
  const stripes = new Uint8Array(200 * 200 * 3).map((_, at) => Math.floor(at / 12) % 2 * 255);
  const image = { width: 200, height: 200, data: stripes };
  // A face at the left edge: a part of the crop is beyond it.
  const points = {
    leftEye: [30, 90],
    rightEye: [70, 90],
    mouthLeft: [35, 135],
    mouthRight: [65, 135],
  } as AlignPoints;
  const options = { alignment: "ffhq", size: 160 } as const;
  const transform = alignTransform(points, options);
  const [plain, soft] = [
    warpImage(image, transform, options),
    alignedCrop(image, transform, options),
  ];
  const [edge] = transformPoint(transform, [0, 0]);
  assert.ok(edge > 20, "the crop leaves the picture");
  const spread = ({ data }: RgbImage, from: number, to: number) => {
    const values = [];
    for (let y = 60; y < 100; y++) {
      for (let x = Math.round(from); x < to; x++) values.push(data[3 * (160 * y + x)]!);
    }
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  };
  assert.ok(spread(soft, 0, edge - 8) < 0.2 * spread(plain, 0, edge - 8));
  const inside = Math.round(edge) + 40;
  for (let y = 40; y < 120; y++) {
    for (let x = inside; x < 150; x++) {
      assert.equal(soft.data[3 * (160 * y + x)], plain.data[3 * (160 * y + x)]);
    }
  }
});
