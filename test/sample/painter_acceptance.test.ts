import assert from "node:assert/strict";
import {
  loadFaceApiGender,
  loadFaceDetector,
  loadHumanGender,
  modelViews,
} from "../../lib/faces/mod.ts";
import { distance } from "../../lib/faces/geometry.ts";
import {
  calmRanges,
  drawPerson,
  drawPose,
  type Landmarks,
  paintPeople,
  paintPortrait,
  paintScene,
} from "../../lib/sample/painter/mod.ts";

const plain = { ...calmRanges, hardCases: 0 };
const portraits = Array.from({ length: 24 }, (_, index) => {
  const person = drawPerson(9000 + index, plain);
  return paintPortrait({ person, pose: drawPose(9100 + index, plain) }, { size: 192 });
});

const detector = await loadFaceDetector();
const found = await detector.detect(portraits.map(({ image }) => image));

const names = ["leftEye", "rightEye", "noseTip", "mouthLeft", "mouthRight", "chin"] as const;
const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

Deno.test("the detector finds exactly one face in each of 24 painted portraits", () => {
  assert.deepEqual(found.map((faces) => faces.length), portraits.map(() => 1));
});

Deno.test("true landmarks lie within 8 % of the eye distance of the detected ones, in the median", () => {
  for (const name of names) {
    const errors = found.map(([face], index) => {
      const truth: Landmarks = portraits[index]!.landmarks;
      return distance(face!.landmarks[name], truth[name]) /
        distance(truth.leftEye, truth.rightEye);
    });
    assert.ok(median(errors) < 0.08, `${name}: ${median(errors)}`);
  }
});

Deno.test("detected yaw follows the true one with a correlation above .95", () => {
  const pairs = found.map(([face], index) => [portraits[index]!.factors.pose.yaw, face!.yaw]);
  const mean = (axis: number) => pairs.reduce((sum, pair) => sum + pair[axis]!, 0) / pairs.length;
  const [x, y] = [mean(0), mean(1)];
  let [xy, xx, yy] = [0, 0, 0];
  for (const [a, b] of pairs) {
    xy += (a! - x) * (b! - y);
    xx += (a! - x) ** 2;
    yy += (b! - y) ** 2;
  }
  assert.ok(xy / Math.sqrt(xx * yy) > 0.95);
});

Deno.test("two gender models read the intended presentation in at least 22 of 24 portraits", async () => {
  for (const model of await Promise.all([loadHumanGender(), loadFaceApiGender()])) {
    const faces = found.map(([face], index) => ({
      image: portraits[index]!.image,
      landmarks: face!.landmarks,
    }));
    const judged = await model.judge(modelViews(model, faces));
    const right = judged.filter(({ pWoman }, index) =>
      pWoman !== null &&
      (pWoman > 0.5) === (portraits[index]!.factors.person.presentation === "woman")
    ).length;
    assert.ok(right >= 22, `${model.name}: ${right} of ${portraits.length}`);
  }
});

Deno.test("all six faces of a group are found, and none in twelve scenes", async () => {
  const people = portraits.slice(0, 6).map(({ factors }) => factors);
  const placements = people.map((_, index) => ({
    x: 110 + 210 * (index % 3) + (index < 3 ? 50 : 0),
    y: index < 3 ? 120 : 290,
    size: 170 + 10 * (index % 3),
  }));
  const group = paintPeople(people, { width: 640, height: 420, placements });
  const scenes = Array.from(
    { length: 12 },
    (_, seed) => paintScene(seed, { width: 320, height: 240 }),
  );
  const [inGroup, ...inScenes] = await detector.detect([group.image, ...scenes]);
  assert.equal(inGroup!.length, 6);
  assert.deepEqual(inScenes.map((faces) => faces.length), scenes.map(() => 0));
});
