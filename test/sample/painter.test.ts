import assert from "node:assert/strict";
import {
  calmRanges,
  drawPerson,
  drawPose,
  type Landmarks,
  paintPeople,
  paintPortrait,
  paintScene,
  type Point,
  type PortraitFactors,
  wildRanges,
} from "../../lib/sample/painter/mod.ts";
import { hairColorNames } from "../../lib/sample/painter/mod.ts";

const factors = (seed: number): PortraitFactors => ({
  person: drawPerson(seed),
  pose: drawPose(seed + 1000),
});

/** The factors with a frontal pose, changed where told. */
const posed = (seed: number, changes: Partial<PortraitFactors["pose"]>): PortraitFactors => {
  const { person, pose } = factors(seed);
  const frontal = { yaw: 0, pitch: 0, roll: 0, gaze: { yaw: 0, pitch: 0 } };
  return {
    person,
    pose: { ...pose, ...frontal, framing: { x: 0, y: 0, scale: 1 }, ...changes },
  };
};

const landmarksOf = (seed: number, changes: Partial<PortraitFactors["pose"]>): Landmarks =>
  paintPortrait(posed(seed, changes), { size: 128 }).landmarks;

const distance = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[1] - b[1]);

Deno.test("drawPerson, drawPose and paintPortrait give the same bytes for the same seed", () => {
  const first = paintPortrait(factors(5), { size: 96 });
  paintPortrait(factors(6), { size: 128 });
  const again = paintPortrait(factors(5), { size: 96 });
  assert.deepEqual(again, first);
  assert.notDeepEqual(paintPortrait(factors(6), { size: 96 }).image, first.image);
});

Deno.test("drawPerson gives adults with factors in their ranges for 400 seeds", () => {
  const people = Array.from({ length: 400 }, (_, seed) => drawPerson(seed));
  for (const person of people) {
    assert.ok(person.age >= 20 && person.age <= 29, `age ${person.age}`);
    for (const [name, value] of Object.entries(person.face)) {
      assert.ok(Math.abs(value) <= 3, `${name} ${value}`);
    }
    const shares = [
      person.hair.lightness,
      person.skin.tone,
      person.skin.stubble,
      person.makeUp.lips,
      person.makeUp.blush,
    ];
    for (const share of shares) assert.ok(share >= 0 && share <= 1, `share ${share}`);
    assert.ok(hairColorNames.includes(person.hair.color));
  }
  const women = people.filter(({ presentation }) => presentation === "woman").length;
  assert.ok(women > 150 && women < 250, `${women} women of 400`);
  const hard = people.filter(({ hardCase }) => hardCase).length;
  assert.ok(hard > 0 && hard < 40, `${hard} hard cases of 400`);
  const styles = new Set(people.map(({ hair }) => hair.style));
  assert.ok(styles.size >= 20, `${styles.size} hair styles`);
});

Deno.test("drawPose keeps to the spans of its ranges, calm and wild", () => {
  for (const ranges of [calmRanges, wildRanges]) {
    for (let seed = 0; seed < 200; seed++) {
      const { yaw, light, background } = drawPose(seed, ranges);
      assert.ok(yaw >= ranges.yaw[0] && yaw <= ranges.yaw[1]);
      assert.ok(light.azimuth >= ranges.lightAzimuth[0] && light.azimuth <= ranges.lightAzimuth[1]);
      assert.ok((ranges.backgrounds[background.name] ?? 0) > 0);
      assert.ok((ranges.lights[light.name] ?? 0) > 0);
    }
  }
});

Deno.test("calmRanges hold the light within 28 degrees of the camera's axis", () => {
  for (let seed = 0; seed < 200; seed++) {
    const { azimuth, elevation } = drawPose(seed, calmRanges).light;
    const angle = Math.acos(Math.cos(azimuth) * Math.cos(elevation));
    assert.ok(angle <= 28.5 * Math.PI / 180, `${angle}`);
  }
});

Deno.test("calmRanges hold dark, middle and light hair in similar numbers", () => {
  const lightness = Array.from({ length: 600 }, (_, seed) => drawPerson(seed).hair.lightness);
  const dark = lightness.filter((value) => value < 0.03).length;
  const light = lightness.filter((value) => value > 0.3).length;
  const middle = 600 - dark - light;
  for (const part of [dark, middle, light]) assert.ok(part > 110, `${[dark, middle, light]}`);
});

Deno.test("landmarks lie in their box and stand in their order at frontal pose", () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const { landmarks, box: [x, y, width, height] } = paintPortrait(posed(seed, {}), { size: 128 });
    const { leftEye, rightEye, noseTip, mouthLeft, mouthRight, chin } = landmarks;
    for (const [px, py] of [leftEye, rightEye, noseTip, mouthLeft, mouthRight, chin]) {
      assert.ok(px >= x && px <= x + width && py >= y && py <= y + height + 1);
    }
    assert.ok(leftEye[0] < noseTip[0] && noseTip[0] < rightEye[0]);
    assert.ok(leftEye[1] < noseTip[1] && noseTip[1] < mouthLeft[1] && mouthLeft[1] < chin[1]);
    assert.ok(mouthLeft[0] < mouthRight[0]);
  }
});

Deno.test("yaw > 0 moves the nose towards the image's right, and -yaw mirrors it within 0.5 px", () => {
  const size = 128;
  const right = landmarksOf(3, { yaw: 0.4 });
  const left = landmarksOf(3, { yaw: -0.4 });
  const ahead = landmarksOf(3, {});
  const middle = (marks: Landmarks) => (marks.leftEye[0] + marks.rightEye[0]) / 2;
  assert.ok(right.noseTip[0] - middle(right) > 3);
  assert.ok(Math.abs(ahead.noseTip[0] - middle(ahead)) < 0.5);
  const mirrored = (point: Point): Point => [size - point[0], point[1]];
  assert.ok(distance(right.leftEye, mirrored(left.rightEye)) < 0.5);
  assert.ok(distance(right.noseTip, mirrored(left.noseTip)) < 0.5);
  assert.ok(distance(right.mouthRight, mirrored(left.mouthLeft)) < 0.5);
});

Deno.test("roll turns the line of the eyes clockwise by its angle within 0.02 rad", () => {
  const { leftEye, rightEye } = landmarksOf(2, { roll: 0.2 });
  const angle = Math.atan2(rightEye[1] - leftEye[1], rightEye[0] - leftEye[0]);
  assert.ok(Math.abs(angle - 0.2) < 0.02, `${angle}`);
});

Deno.test("pitch > 0 looks up: the nose rises towards the eyes", () => {
  const up = landmarksOf(2, { pitch: 0.2 });
  const down = landmarksOf(2, { pitch: -0.2 });
  const drop = (marks: Landmarks) => marks.noseTip[1] - marks.leftEye[1];
  assert.ok(drop(up) < drop(down) - 2);
});

Deno.test("gaze moves the dark of the eyes to the side it looks to", () => {
  const person = drawPerson(12, { ...calmRanges, women: 1, hardCases: 0, accessories: 0 });
  const plain = { ...person, hair: { ...person.hair, style: "ponytail" as const } };
  const darkCentre = (yaw: number) => {
    const { pose } = posed(12, { gaze: { yaw, pitch: 0 } });
    const { image, landmarks: { leftEye } } = paintPortrait({ person: plain, pose }, { size: 256 });
    let [sum, weight] = [0, 0];
    for (let y = Math.round(leftEye[1]) - 2; y <= leftEye[1] + 2; y++) {
      for (let x = Math.round(leftEye[0]) - 10; x <= leftEye[0] + 10; x++) {
        const dark = 255 - image.data[3 * (y * 256 + x)]!;
        sum += dark * dark * x;
        weight += dark * dark;
      }
    }
    return sum / weight;
  };
  assert.ok(darkCentre(0.4) > darkCentre(-0.4) + 1);
});

Deno.test("paintPortrait scales its landmarks with the size within 1 %", () => {
  const small = paintPortrait(factors(9), { size: 96 }).landmarks;
  const large = paintPortrait(factors(9), { size: 384 }).landmarks;
  for (const name of ["leftEye", "rightEye", "noseTip", "mouthLeft", "chin"] as const) {
    assert.ok(distance([4 * small[name][0], 4 * small[name][1]], large[name]) < 3.84);
  }
});

Deno.test("paintPortrait refuses sizes that are no whole number of 32 to 1024 pixels", () => {
  for (const size of [0, 31, 100.5, 1025, NaN]) {
    assert.throws(() => paintPortrait(factors(1), { size }), /size from 32 to 1024/);
  }
});

Deno.test("paintPeople puts six people where it is told, nearest last", () => {
  const people = Array.from({ length: 6 }, (_, seed) => factors(20 + seed));
  const placements = people.map((_, index) => ({
    x: 60 + 100 * (index % 3),
    y: index < 3 ? 70 : 150,
    size: 90 + 8 * index,
  }));
  const { image, people: painted } = paintPeople(people, { width: 320, height: 240, placements });
  assert.equal(image.data.length, 320 * 240 * 3);
  painted.forEach(({ landmarks: { leftEye, rightEye }, factors: whose }, index) => {
    const placement = placements[index]!;
    const eyes: Point = [(leftEye[0] + rightEye[0]) / 2, (leftEye[1] + rightEye[1]) / 2];
    assert.ok(distance(eyes, [placement.x, placement.y]) < 0.25 * placement.size);
    assert.equal(whose, people[index]);
  });
  assert.throws(
    () => paintPeople(people, { width: 320, height: 240, placements: placements.slice(1) }),
    /one placement a person/,
  );
});

Deno.test("paintPeople paints a person whose placement lies half outside the picture", () => {
  const placements = [{ x: 0, y: 60, size: 120 }];
  const { people } = paintPeople([factors(3)], { width: 120, height: 120, placements });
  assert.ok(people[0]!.landmarks.noseTip[0] < 30);
});

Deno.test("paintScene gives full pictures that differ from seed to seed and repeat for one", () => {
  const size = { width: 80, height: 60 };
  const scenes = Array.from({ length: 12 }, (_, seed) => paintScene(seed, size));
  for (const { data } of scenes) {
    assert.equal(data.length, 80 * 60 * 3);
    assert.ok(new Set(data).size > 8);
  }
  assert.deepEqual(paintScene(4, size), scenes[4]);
  assert.equal(new Set(scenes.map(({ data }) => data.join())).size, 12);
});
