import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { GraphModel, Tensor, Tensor3D, Tensor4D } from "@tensorflow/tfjs";
import { compile, compileModel, engine, requireOnEngine, tf } from "../../lib/tensorflow/mod.ts";
import { nodeNamespace } from "../../lib/tensorflow/backend/node_namespace.ts";
import { withoutLeak } from "./without_leak.ts";

const onTensorFlow = { ignore: engine.name !== "tensorflow" };

interface Face {
  readonly box: number[];
  readonly genderScore: number;
}

interface HumanInstance {
  load(): Promise<void>;
  detect(image: Tensor3D): Promise<{ face: Face[]; error: string | null }>;
  readonly models: { readonly models: Record<string, GraphModel | null> };
}

const folderOf = (name: string) =>
  join(dirname(createRequire(import.meta.url).resolve(name)), "..");

async function loadHuman(): Promise<HumanInstance> {
  const { default: Human } = requireOnEngine("@vladmandic/human");
  const human: HumanInstance = new Human({
    modelBasePath: `file://${folderOf("@vladmandic/human")}/models/`,
    backend: engine.name,
    debug: false,
    cacheSensitivity: 0,
    filter: { enabled: false },
    face: {
      enabled: true,
      detector: { rotation: true, maxDetected: 6 },
      mesh: { enabled: true },
      description: { enabled: true },
      iris: { enabled: false },
      emotion: { enabled: false },
    },
    body: { enabled: false },
    hand: { enabled: false },
    gesture: { enabled: false },
    object: { enabled: false },
  });
  await human.load();
  return human;
}

/** A photograph of three people that comes with face-api. */
function threePeople(): Tensor3D {
  const file = join(folderOf("@vladmandic/face-api"), "demo", "sample1.jpg");
  const { decodeJpeg } = nodeNamespace().node as {
    decodeJpeg(bytes: Uint8Array, channels: number): Tensor3D;
  };
  return decodeJpeg(Deno.readFileSync(file), 3);
}

Deno.test("Human finds the same faces op by op and compiled", onTensorFlow, async () => {
  const human = await loadHuman();
  const image = threePeople();
  const expected = await human.detect(image);
  assert.equal(expected.error, null);
  const centres = expected.face
    .map(({ box: [x, y, width, height] }) => [x! + width! / 2, y! + height! / 2])
    .sort(([a], [b]) => a! - b!);
  // Looked up in the picture itself: the bridges of the three noses.
  [[480, 495], [921, 570], [1575, 315]].forEach((place, index) => {
    const distance = Math.hypot(centres[index]![0]! - place[0]!, centres[index]![1]! - place[1]!);
    assert.ok(distance < 60, `face ${index} is ${distance} pixels off`);
  });
  const models = Object.values(human.models.models).filter((model) => model !== null);
  for (const model of models) compileModel(compileModel(model));
  await human.detect(image);
  await withoutLeak(async () => {
    const { face } = await human.detect(image);
    assert.deepEqual(face.map(({ box }) => box), expected.face.map(({ box }) => box));
    face.forEach(({ genderScore }, index) =>
      assert.ok(Math.abs(genderScore - expected.face[index]!.genderScore) <= 0.011)
    );
  });
  for (const model of models) model.dispose();
  image.dispose();
});

Deno.test("face-api judges the same op by op and compiled", onTensorFlow, async () => {
  const faceApi = requireOnEngine("@vladmandic/face-api");
  const net = faceApi.nets.ageGenderNet;
  await net.loadFromDisk(`${folderOf("@vladmandic/face-api")}/model`);
  const image = tf.tidy(() => threePeople().slice([315, 333, 0], [353, 353, 3]));
  const whole = await net.predictAgeAndGender(image);
  assert.ok(whole.age > 5 && whole.age < 90);
  assert.ok(["male", "female"].includes(whole.gender));
  const judge = (batch: Tensor4D): { age: Tensor; gender: Tensor } =>
    net.runNet(net.faceFeatureExtractor.forwardInput({ toBatchTensor: () => batch }));
  const crops = tf.tidy(() =>
    tf.image.resizeBilinear(tf.stack([image, image]).toFloat() as Tensor4D, [112, 112])
  );
  const valuesOf = (
    { age, gender }: { age: Tensor; gender: Tensor },
  ) => [...age.dataSync(), ...gender.dataSync()];
  const expected = tf.tidy(() => valuesOf(judge(crops)));
  assert.ok(Math.abs(expected[0]! - whole.age) < 2);
  await withoutLeak(() => {
    using compiled = compile(judge);
    for (let round = 0; round < 3; round++) {
      const got = tf.tidy(() => valuesOf(compiled(crops)));
      got.forEach((value, index) => assert.ok(Math.abs(value - expected[index]!) < 1e-3));
    }
  });
  tf.dispose([image, crops]);
  net.dispose();
});
