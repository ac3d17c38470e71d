import type { ClothesName } from "./clothes.ts";
import type { FaceShape, HairLook, MakeUp, Person, Presentation } from "./factors.ts";
import { type HairColorName, hairLightness } from "./hair/colors.ts";
import { type HairStyleName, mensStyles, womensStyles } from "./hair/styles.ts";
import { Random } from "./random.ts";
import { calmRanges, type PortraitRanges } from "./ranges.ts";

const shapeNames: readonly (keyof FaceShape)[] = [
  "faceWidth",
  "faceLength",
  "jawWidth",
  "chinLength",
  "chinPoint",
  "cheekbones",
  "cheekFullness",
  "forehead",
  "eyeDistance",
  "eyeHeight",
  "eyeWidth",
  "eyeOpening",
  "eyeTilt",
  "eyeLevel",
  "browHeight",
  "browArch",
  "browThickness",
  "browTilt",
  "noseLength",
  "noseWidth",
  "noseHeight",
  "noseBridge",
  "noseTip",
  "noseTurn",
  "mouthWidth",
  "mouthHeight",
  "upperLip",
  "lowerLip",
  "cupidBow",
];

/**
 * Draws a person: the same seed and ranges always give the same one.
 *
 * @param seed the identity
 * @param ranges what it is drawn from
 */
export function drawPerson(seed: number, ranges: PortraitRanges = calmRanges): Person {
  const random = new Random(seed, 1);
  const presentation: Presentation = random.chance(ranges.women) ? "woman" : "man";
  const woman = presentation === "woman";
  const hardCase = random.chance(ranges.hardCases);
  const face = Object.fromEntries(
    shapeNames.map((name) => [name, random.bell()]),
  ) as unknown as FaceShape;
  const hair = drawHair(random, { woman, hardCase, ranges });
  const worn = random.chance(ranges.accessories);
  return {
    seed,
    presentation,
    hardCase,
    age: Math.round(20 + 9 * random.next() ** 1.6),
    face,
    eyes: {
      iris: random.weighted({
        "black": 4,
        "dark brown": 7,
        "brown": 4,
        "hazel": 1.2,
        "grey": 0.8,
        "blue": 0.5,
        "green": 0.3,
      }),
      irisSize: 1 + 0.06 * random.bell(),
      doubleLid: random.chance(woman ? 0.75 : 0.5),
      underEye: random.between(0.1, 1),
    },
    hair,
    skin: {
      tone: ranges.skinTone[0] +
        (ranges.skinTone[1] - ranges.skinTone[0]) * random.next() ** (woman ? 2.4 : 1.8),
      warmth: random.bell() / 3,
      gloss: random.between(0.35, woman ? 1 : 0.75),
      freckles: random.chance(0.07) ? random.between(0.3, 1) : 0,
      mole: random.chance(0.18)
        ? [random.between(-0.5, 0.5), random.pick([-0.25, -0.4, -0.62, -0.85]) + 0.05]
        : null,
      stubble: woman ? 0 : random.between(0.4, 1),
    },
    makeUp: woman ? drawMakeUp(random) : bareFace(random),
    earrings: random.weighted(
      woman
        ? { none: 3, stud: 3, pearl: 2, hoop: 3, drop: 3 }
        : { none: 10, stud: 2, pearl: 0, hoop: 1.2, drop: 0 },
    ),
    accessory: worn
      ? random.weighted<Person["accessory"]>(
        woman
          ? {
            "glasses": 2,
            "hair clip": 3,
            "headband": 2,
            "choker": 3,
            "necklace": 4,
            "microphone": 2,
            "beret": 1.5,
            "cap": 0.5,
          }
          : { "glasses": 4, "necklace": 2, "microphone": 2, "beret": 0.5, "cap": 1.5 },
      )
      : "none",
    clothes: {
      kind: random.weighted<ClothesName>(
        woman
          ? {
            "t-shirt": 2,
            "v-neck": 3,
            "blouse": 4,
            "turtleneck": 2,
            "blazer": 3,
            "hoodie": 2,
            "off-shoulder": 3,
            "straps": 3,
            "uniform": 2,
            "stage jacket": 2,
          }
          : {
            "t-shirt": 4,
            "v-neck": 1,
            "shirt": 4,
            "turtleneck": 2,
            "blazer": 4,
            "hoodie": 3,
            "uniform": 2,
            "stage jacket": 2,
            "leather jacket": 2,
          },
      ),
      color: random.pick(
        woman
          ? [
            "#f3efe9",
            "#f5d9dc",
            "#d9e4f2",
            "#2a2b30",
            "#c9b6d8",
            "#e8c9a8",
            "#a83242",
            "#31415f",
            "#8fb3a5",
            "#f0e3b8",
            "#d77a8a",
            "#7c8fb8",
          ]
          : [
            "#f1f0ec",
            "#26272b",
            "#33415c",
            "#6b7480",
            "#9aa9b5",
            "#4c5a48",
            "#7a2f33",
            "#c8bba4",
            "#d6dde6",
            "#58463a",
            "#8a93b0",
          ],
      ),
      accent: random.pick(["#ffffff", "#1d1e22", "#c23b4c", "#2f4a80", "#e3b44f", "#b8c4d6"]),
      pattern: random.weighted({
        plain: 7,
        stripes: 1.5,
        checks: 1,
        dots: woman ? 1 : 0.2,
        knit: 2,
        sequins: 0.6,
      }),
    },
  };
}

function drawHair(
  random: Random,
  { woman, hardCase, ranges }: { woman: boolean; hardCase: boolean; ranges: PortraitRanges },
): HairLook {
  const style: HairStyleName = hardCase
    ? woman
      ? random.pick(["pixie", "two-block", "side part"] as const)
      : random.pick(["long straight", "long curtain", "lob", "low bun"] as const)
    : random.weighted(woman ? womensStyles : mensStyles);
  const main = random.weighted<HairColorName>(ranges.hairColors);
  const pattern = random.weighted<HairLook["pattern"]>(
    woman
      ? { "plain": 10, "dip-dye": 1.6, "two-tone": 0.5, "streaks": 1.2, "dark roots": 1.2 }
      : { "plain": 10, "dip-dye": 0.3, "two-tone": 0.2, "streaks": 0.8, "dark roots": 1.2 },
  );
  const other = random.pick(
    pattern === "streaks"
      ? ["honey", "blonde", "platinum", "ash", "pink", "light brown"] as const
      : [
        "blonde",
        "platinum",
        "silver",
        "pink",
        "hot pink",
        "lavender",
        "mint",
        "sky",
        "black",
      ] as const,
  );
  const side = random.chance(0.5) ? 1 : -1;
  return {
    style,
    color: main,
    secondColor: pattern === "plain" || pattern === "dark roots" ? null : other,
    pattern,
    lightness: hairLightness(main),
    length: 1 + 0.1 * random.bell(),
    volume: 1 + 0.15 * random.bell(),
    wave: random.between(0.7, 1.3),
    parting: side * random.between(0.15, 0.5),
    side,
  };
}

function drawMakeUp(random: Random): MakeUp {
  return {
    lipColor: random.weighted({ rose: 4, coral: 3, red: 2.5, berry: 1.5, nude: 1.5, peach: 2.5 }),
    lips: random.between(0.6, 1),
    blush: random.between(0.15, 0.8),
    liner: random.between(0.55, 1),
    wing: random.next() ** 1.5,
    shadow: random.between(0.15, 0.8),
    shadowColor: random.weighted({ brown: 4, peach: 3, pink: 3, plum: 1, grey: 1 }),
    glitter: random.chance(0.25) ? random.between(0.3, 1) : 0,
  };
}

function bareFace(random: Random): MakeUp {
  return {
    lipColor: "bare",
    lips: random.between(0, 0.12),
    blush: random.between(0, 0.12),
    liner: random.between(0, 0.25),
    wing: 0,
    shadow: random.between(0, 0.12),
    shadowColor: "brown",
    glitter: 0,
  };
}
