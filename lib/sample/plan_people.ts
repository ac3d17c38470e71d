import type { PictureFormat, PlannedAppearance, PlannedPicture, Presentation } from "./plan.ts";
import type { SeededRandom } from "./random.ts";

/** Share of the people who are seen in group pictures only. */
const shareInGroups = 0.2;
/** Share of the people with a portrait who have a second one: another pose, the same person. */
const shareSeenTwice = 0.03;
const shareOfWomen = 0.78;
/** Pictures without people, for each person. */
const scenesPerPerson = 0.04;

/** The pictures to paint for a number of people: portraits, groups and scenes without people. */
export function planPeople(people: number, random: SeededRandom): PlannedPicture[] {
  const newSeed = () => random.integer(0, 2 ** 31);
  const newPicture = pictureMaker(random);
  const presentations = shuffledPresentations(people, random);
  let next = 0;
  const newPerson = (): PlannedAppearance => ({
    person: `person-${String(next + 1).padStart(5, "0")}`,
    presentation: presentations[next++] ?? "woman",
    personSeed: newSeed(),
    poseSeed: newSeed(),
  });

  const pictures: PlannedPicture[] = [];
  const inGroups = Math.max(6, Math.round(people * shareInGroups));
  for (const size of groupSizes(inGroups, random)) {
    const [width, height] = random.pick([[900, 600], [960, 640], [840, 560]] as const);
    pictures.push(newPicture("group", width, height, Array.from({ length: size }, newPerson)));
  }
  while (next < people) {
    const person = newPerson();
    const side = portraitSide(random);
    pictures.push(newPicture("portrait", side, side, [person]));
    if (random.chance(shareSeenTwice)) {
      const again = portraitSide(random);
      pictures.push(newPicture("portrait", again, again, [{ ...person, poseSeed: newSeed() }]));
    }
  }
  for (let scene = 0; scene < Math.max(2, Math.round(people * scenesPerPerson)); scene++) {
    const [width, height] = random.pick([[480, 320], [360, 480], [400, 400]] as const);
    pictures.push(newPicture("scene", width, height, []));
  }
  return pictures;
}

/** Sides of portraits in pixels: most from 256 to 320, a few larger. */
function portraitSide(random: SeededRandom): number {
  return random.chance(0.04) ? random.integer(48, 60) * 8 : random.integer(32, 40) * 8;
}

/** Sizes from 2 to 6 that sum to the number of people; every size occurs where there is room. */
function groupSizes(people: number, random: SeededRandom): number[] {
  const sizes: number[] = [];
  for (let left = people, wanted = 6; left > 0; wanted = random.integer(2, 6)) {
    const size = left <= 3 ? left : Math.min(wanted, left - 2 < 2 ? left : left - 2);
    sizes.push(size);
    left -= size;
  }
  return sizes;
}

function shuffledPresentations(people: number, random: SeededRandom): Presentation[] {
  const women = Math.round(people * shareOfWomen);
  return random.shuffle(
    Array.from({ length: people }, (_, index) => index < women ? "woman" : "man"),
  );
}

function pictureMaker(random: SeededRandom) {
  let count = 0;
  return (
    kind: PlannedPicture["kind"],
    width: number,
    height: number,
    people: readonly PlannedAppearance[],
  ): PlannedPicture => ({
    id: `picture-${String(++count).padStart(5, "0")}`,
    kind,
    width,
    height,
    format: random.pick<PictureFormat>(["jpeg", "webp", "png"], [94, 4, 2]),
    quality: random.integer(82, 95),
    seed: random.integer(0, 2 ** 31),
    people,
    copies: [],
  });
}
