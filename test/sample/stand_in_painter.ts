/**
 * A painter that is fast and plain: a flat background with two dark eyes for each person. Tests of
 * the world (not of the pictures) take it in place of the real one.
 *
 * @module
 */
import type { RgbImage } from "../../lib/image/mod.ts";
import type { Painter, Placement } from "../../lib/sample/paint_picture.ts";

type Painted = ReturnType<Painter["paintPeople"]>;
type Factors = Parameters<Painter["paintPeople"]>[0][number];

export const calmRanges = { women: 0.5 } as Painter["calmRanges"];

export const drawPerson = (seed: number, ranges = calmRanges): Factors["person"] =>
  ({ seed, presentation: ranges.women === 1 ? "woman" : "man" }) as Factors["person"];

export const drawPose = (seed: number): Factors["pose"] => ({ seed }) as Factors["pose"];

export function paintPortrait(
  factors: Factors,
  { size }: { size: number },
): ReturnType<Painter["paintPortrait"]> {
  const placements = [{ x: size / 2, y: size / 2, size }];
  const { image, people } = paintPeople([factors], { width: size, height: size, placements });
  return { image, ...people[0]! };
}

export function paintPeople(
  factors: readonly Factors[],
  { width, height, placements }: {
    width: number;
    height: number;
    placements: readonly Placement[];
  },
): Painted {
  const image = paintScene(factors[0]?.person.seed ?? 0, { width, height });
  const people = factors.map((factors, index) => {
    const { x, y, size } = placements[index]!;
    const at = (u: number, v: number) => [x + u * size, y + v * size] as const;
    const [leftEye, rightEye] = [at(-0.1, -0.05), at(0.1, -0.05)];
    for (const eye of [leftEye, rightEye]) darken(image, eye, size / 40);
    const landmarks = { leftEye, rightEye, noseTip: at(0, 0.05) };
    return {
      landmarks,
      box: [x - 0.25 * size, y - 0.3 * size, 0.5 * size, 0.6 * size] as const,
      factors,
    };
  });
  return { image, people };
}

export function paintScene(
  seed: number,
  { width, height }: { width: number; height: number },
): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let index = 0; index < data.length; index++) {
    data[index] = 90 + (Math.imul(seed + (index >> 9), 2654435761) >>> 25);
  }
  return { width, height, data };
}

function darken(image: RgbImage, [x, y]: readonly [number, number], radius: number) {
  for (let row = Math.floor(y - radius); row <= y + radius; row++) {
    for (let column = Math.floor(x - radius); column <= x + radius; column++) {
      image.data.fill(10, (row * image.width + column) * 3, (row * image.width + column) * 3 + 3);
    }
  }
}
