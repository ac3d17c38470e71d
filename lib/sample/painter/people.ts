import type { RgbImage } from "../../image/mod.ts";
import { paintBackground } from "./background.ts";
import type { Camera } from "./camera.ts";
import { toned } from "./color.ts";
import type { Background, PortraitFactors } from "./factors.ts";
import { setUpFigure } from "./figure.ts";
import { faceBox, type Landmarks, landmarks } from "./landmarks.ts";
import { hash } from "./random.ts";
import { VisibilityBuffer } from "./rasteriser.ts";
import { type Layer, samplesAcross, shade } from "./shading.ts";

/** Where a head goes: its centre, and the side of the portrait that would surround it, in pixels. */
export interface Placement {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** What is known of one painted person. */
export interface PaintedPerson {
  readonly landmarks: Landmarks;
  /** Box of the face from above the brows to the chin, in pixels. */
  readonly box: readonly [x: number, y: number, width: number, height: number];
  readonly factors: PortraitFactors;
}

/** Several people in one picture. */
export interface PaintedPeople {
  readonly image: RgbImage;
  readonly people: readonly PaintedPerson[];
}

/** Head units (10 cm) that one side of a portrait shows. */
const unitsShown = 3.55;
/** Where the head's centre lies below the level of the eyes, in head units. */
const centreBelowEyes = 0.2;

const buffer = new VisibilityBuffer();

/**
 * Paints people into one scene, the first ones behind the later ones. The light is each person's own
 * unless they share it; the background is the first person's where none is given.
 *
 * @param people up to six people with their poses
 * @param options size of the picture in pixels, one placement for each person
 * @throws RangeError where the numbers of people and placements differ or are out of range
 */
export function paintPeople(
  people: readonly PortraitFactors[],
  { width, height, placements, background = people[0]?.pose.background }: {
    readonly width: number;
    readonly height: number;
    readonly placements: readonly Placement[];
    readonly background?: Background | undefined;
  },
): PaintedPeople {
  if (people.length < 1 || people.length > 6 || !background) {
    throw new RangeError(`Expected 1 to 6 people but got ${people.length}`);
  }
  if (placements.length !== people.length) {
    throw new RangeError(
      `Expected one placement a person but got ${placements.length} for ${people.length} people`,
    );
  }
  const scene = paintBackground(background, { width, height });
  const painted = people.map((factors, index) =>
    paintPerson(scene, factors, { width, height, placement: placements[index]! })
  );
  return { image: developed(scene, { width, height }, background.seed), people: painted };
}

function paintPerson(
  scene: Float32Array,
  factors: PortraitFactors,
  { width, height, placement }: { width: number; height: number; placement: Placement },
): PaintedPerson {
  const scale = placement.size / unitsShown * samplesAcross;
  // Only the part of the picture is painted that the person can reach.
  const reach = placement.size * 0.62;
  const left = Math.max(0, Math.floor(placement.x - reach));
  const right = Math.min(width, Math.ceil(placement.x + reach));
  const top = Math.max(0, Math.floor(placement.y - reach));
  const bottom = Math.min(height, Math.ceil(placement.y + 2 * placement.size));
  const camera: Camera = {
    scale,
    x: (placement.x - left) * samplesAcross,
    y: (placement.y - top) * samplesAcross - centreBelowEyes * scale,
  };
  const figure = setUpFigure(factors, camera);
  buffer.reset((right - left) * samplesAcross, (bottom - top) * samplesAcross);
  buffer.draw(figure.geometry);
  overlay(scene, width, shade(figure, buffer), { left, top });
  const shift = ([x, y]: readonly [number, number]) => [x + left, y + top] as const;
  const found = landmarks(figure, samplesAcross);
  const [x, y, boxWidth, boxHeight] = faceBox(figure, samplesAcross);
  return {
    landmarks: Object.fromEntries(
      Object.entries(found).map(([name, point]) => [name, shift(point)]),
    ) as unknown as Landmarks,
    box: [x + left, y + top, boxWidth, boxHeight],
    factors,
  };
}

function overlay(
  scene: Float32Array,
  sceneWidth: number,
  { width, height, pixels }: Layer,
  { left, top }: { left: number; top: number },
): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = 4 * (y * width + x);
      const cover = pixels[from + 3]!;
      if (cover === 0) continue;
      const to = 3 * ((y + top) * sceneWidth + x + left);
      for (let channel = 0; channel < 3; channel++) {
        scene[to + channel] = scene[to + channel]! * (1 - cover) + pixels[from + channel]!;
      }
    }
  }
}

/** The 8-bit picture of linear light: tone curve, sRGB, a trace of sensor noise. */
export function developed(
  scene: Float32Array,
  { width, height }: { width: number; height: number },
  seed: number,
): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const grain = (hash(pixel, seed) + hash(pixel, seed + 1) - 1) * 2.2;
    for (let channel = 0; channel < 3; channel++) {
      const index = 3 * pixel + channel;
      data[index] = Math.max(0, Math.min(255, Math.round(toned(scene[index]!) + grain)));
    }
  }
  return { width, height, data };
}
