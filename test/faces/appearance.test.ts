import assert from "node:assert/strict";
import { headParts, type Landmarks, measureAppearance } from "../../lib/faces/mod.ts";
import { cielab, colorDistance, type RgbImage } from "../../lib/image/mod.ts";

type Color = readonly [number, number, number];

const landmarks: Landmarks = {
  leftEye: [48, 60],
  rightEye: [72, 60],
  noseTip: [60, 72],
  mouthLeft: [52, 82],
  mouthRight: [68, 82],
  forehead: [60, 40],
  chin: [60, 100],
  cheekLeft: [36, 68],
  cheekRight: [84, 68],
};

/** A face under a cap of hair that falls to the chin, before a wall. */
function portrait({ hair, wall, skin }: { hair: Color; wall: Color; skin: Color }): RgbImage {
  const [width, height] = [120, 140];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const face = Math.hypot((x - 60) / 24, (y - 70) / 30) < 1;
      const neck = Math.abs(x - 60) < 12 && y > 90;
      const eye = face && Math.abs(y - 60) < 3 && Math.abs(Math.abs(x - 60) - 12) < 5;
      const head = Math.hypot((x - 60) / 38, (y - 62) / 46) < 1 && y < 104;
      const grain = (x * 7 + y * 13) % 9 - 4;
      const color = eye ? [20, 15, 15] : face || neck ? skin : head ? hair : wall;
      data.set(
        color.map((value) => Math.max(0, Math.min(255, value + grain))),
        3 * (y * width + x),
      );
    }
  }
  return { width, height, data };
}

const skin: Color = [225, 185, 165];
const walls: Color[] = [[240, 240, 240], [90, 110, 150], [35, 35, 40]];
const hairs: Color[] = [[25, 20, 20], [120, 80, 50], [225, 200, 130], [220, 110, 160], [
  170,
  170,
  180,
]];

Deno.test("headParts tells hair from skin and from walls of many colours", () => {
  for (const wall of walls) {
    for (const hair of hairs) {
      if (colorDistance(cielab(...hair), cielab(...wall)) < 20) continue;
      const parts = headParts(portrait({ hair, wall, skin }), landmarks);
      const name = `hair ${hair} before ${wall}`;
      assert.ok(colorDistance(parts.hairColor, cielab(...hair)) < 4, `${name}: ${parts.hairColor}`);
      assert.ok(colorDistance(parts.skinColor, cielab(...skin)) < 4, name);
      assert.ok(colorDistance(parts.backgroundColor, cielab(...wall)) < 4, name);
      const at = (x: number, y: number) => parts.hair[y * 120 + x];
      assert.deepEqual([at(60, 25), at(28, 70), at(92, 70)], [1, 1, 1], `${name}: crown and sides`);
      assert.deepEqual([at(5, 5), at(48, 60), at(60, 75), at(60, 115)], [0, 0, 0, 0], name);
    }
  }
});

Deno.test("measureAppearance is the same for a face that is larger in its picture", () => {
  const image = portrait({ hair: [120, 80, 50], wall: [240, 240, 240], skin });
  const doubled: RgbImage = {
    width: 240,
    height: 280,
    data: Uint8Array.from({ length: 240 * 280 * 3 }, (_, index) => {
      const [x, y, channel] = [Math.floor(index / 3) % 240, Math.floor(index / 720), index % 3];
      return image.data[3 * ((y >> 1) * 120 + (x >> 1)) + channel]!;
    }),
  };
  const twice = Object.fromEntries(
    Object.entries(landmarks).map(([name, [x, y]]) => [name, [2 * x, 2 * y]]),
  ) as unknown as Landmarks;
  const [small, large] = [
    measureAppearance(image, landmarks),
    measureAppearance(doubled, twice),
  ];
  assert.ok(colorDistance(small.hair, large.hair) < 3, `${small.hair}, ${large.hair}`);
  assert.ok(Math.abs(small.smile - 1 / 3) < 1e-9 && Math.abs(large.smile - 1 / 3) < 1e-9);
});
