import type { BackgroundName } from "./background.ts";
import type { Expression } from "./factors.ts";
import type { HairColorName } from "./hair/colors.ts";
import type { LightName } from "./light.ts";

type Span = readonly [low: number, high: number];
type Weights<Name extends string> = Readonly<Partial<Record<Name, number>>>;

/** What portraits are drawn from. Spans are uniform unless said otherwise; angles in radians. */
export interface PortraitRanges {
  /** Probability that a person presents as a woman. */
  readonly women: number;
  /** Probability of a hard case: a long-haired man, a short-haired woman. */
  readonly hardCases: number;
  /** Probability of glasses, hats, clips and other things worn. */
  readonly accessories: number;
  readonly yaw: Span;
  readonly pitch: Span;
  readonly roll: Span;
  /** Eyes away from the camera, each direction. */
  readonly gaze: number;
  readonly lightAzimuth: Span;
  readonly lightElevation: Span;
  readonly lights: Weights<LightName>;
  readonly backgrounds: Weights<BackgroundName>;
  readonly expressions: Weights<Expression["name"]>;
  readonly hairColors: Weights<HairColorName>;
  /** Skin tone, 0 fair to 1 deep; the lower end is likelier. */
  readonly skinTone: Span;
  /** Shift of the head in shares of the picture, each direction. */
  readonly shift: number;
  readonly scale: Span;
}

const degree = Math.PI / 180;

const hairColors: Weights<HairColorName> = {
  "black": 20,
  "blue black": 5,
  "dark brown": 12,
  "brown": 9,
  "chestnut": 6,
  "light brown": 7,
  "honey": 6,
  "ash": 4,
  "blonde": 9,
  "platinum": 6,
  "silver": 5,
  "pink": 6,
  "hot pink": 1.5,
  "lavender": 4,
  "purple": 1.5,
  "mint": 2.5,
  "green": 0.7,
  "sky": 2.5,
  "blue": 1.5,
  "red": 3,
  "burgundy": 3,
  "orange": 2.5,
};

/**
 * A photo studio: the main light within 28 degrees of the camera's axis, calm backgrounds. Hair
 * colour and the turn of the head are what differs most from picture to picture.
 */
export const calmRanges: PortraitRanges = {
  women: 0.5,
  hardCases: 0.03,
  accessories: 0.22,
  yaw: [-35 * degree, 35 * degree],
  pitch: [-9 * degree, 9 * degree],
  roll: [-9 * degree, 9 * degree],
  gaze: 9 * degree,
  lightAzimuth: [-20 * degree, 20 * degree],
  lightElevation: [6 * degree, 20 * degree],
  lights: { studio: 6, daylight: 3, warm: 1 },
  backgrounds: { studio: 6, gradient: 3, soft: 2 },
  expressions: {
    "neutral": 3,
    "soft smile": 6,
    "smile": 5,
    "laugh": 0.8,
    "pout": 0.6,
    "surprise": 0.3,
    "wink": 0.25,
  },
  hairColors,
  skinTone: [0, 0.62],
  shift: 0.02,
  scale: [0.94, 1.06],
};

/** A stage and a street: light from everywhere, coloured, backgrounds full of things. */
export const wildRanges: PortraitRanges = {
  ...calmRanges,
  accessories: 0.35,
  yaw: [-45 * degree, 45 * degree],
  pitch: [-15 * degree, 15 * degree],
  roll: [-18 * degree, 18 * degree],
  gaze: 16 * degree,
  lightAzimuth: [-75 * degree, 75 * degree],
  lightElevation: [-5 * degree, 50 * degree],
  lights: { studio: 2, daylight: 2, warm: 2, stage: 4, neon: 2 },
  backgrounds: {
    studio: 1,
    gradient: 1,
    soft: 1,
    bokeh: 3,
    stage: 3,
    street: 2,
    sky: 1,
    pastel: 2,
  },
  skinTone: [0, 1],
  shift: 0.05,
  scale: [0.8, 1.15],
};
