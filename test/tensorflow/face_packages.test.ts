import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { GraphModel, Tensor, Tensor3D, Tensor4D } from "@tensorflow/tfjs";
import { compile, compileModel, engine, requireOnEngine, tf } from "../../lib/tensorflow/mod.ts";
import { withoutLeak } from "./without_leak.ts";

interface Face {
  readonly box: number[];
  readonly gender: string;
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

/** A face simple enough to draw here, and enough of one for the detector. */
function drawnFace(): Tensor3D {
  const size = 256;
  const pixels = new Int32Array(size * size * 3);
  const inside = (x: number, y: number, cx: number, cy: number, rx: number, ry: number) =>
    ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      let colour = [150, 170, 190];
      if (inside(x, y, 128, 120, 82, 105)) colour = [50, 35, 30];
      if (inside(x, y, 128, 135, 64, 84)) {
        const shade = 1 - 0.2 * Math.abs(x - 128) / 64;
        colour = [230 * shade, 185 * shade, 160 * shade];
        for (const eye of [100, 156]) {
          if (inside(x, y, eye, 102, 15, 4)) colour = [70, 45, 40];
          if (inside(x, y, eye, 120, 13, 7)) colour = [245, 245, 245];
          if (inside(x, y, eye, 120, 6, 6)) colour = [40, 25, 20];
        }
        if (inside(x, y, 128, 150, 9, 6)) colour = [190, 140, 120];
        if (inside(x, y, 128, 180, 22, 8)) colour = [190, 80, 85];
      }
      pixels.set(colour.map(Math.round), (y * size + x) * 3);
    }
  }
  return tf.tensor3d(pixels, [size, size, 3], "int32");
}

Deno.test("Human finds the same face on this engine, op by op and compiled", async () => {
  const human = await loadHuman();
  const image = drawnFace();
  const expected = await human.detect(image);
  assert.equal(expected.error, null);
  assert.equal(expected.face.length, 1);
  const [x, y, width, height] = expected.face[0]!.box as [number, number, number, number];
  assert.ok(x < 128 && 128 < x + width && y < 135 && 135 < y + height);
  const models = Object.values(human.models.models).filter((model) => model !== null);
  for (const model of models) compileModel(compileModel(model));
  await human.detect(image);
  await withoutLeak(async () => {
    const { face } = await human.detect(image);
    assert.deepEqual(face.map(({ box }) => box), expected.face.map(({ box }) => box));
    assert.equal(face[0]!.gender, expected.face[0]!.gender);
    assert.ok(Math.abs(face[0]!.genderScore - expected.face[0]!.genderScore) < 1e-3);
  });
  for (const model of models) model.dispose();
  image.dispose();
});

Deno.test("face-api's age and gender model runs on this engine, op by op and compiled", async () => {
  const faceApi = requireOnEngine("@vladmandic/face-api");
  const net = faceApi.nets.ageGenderNet;
  await net.loadFromDisk(`${folderOf("@vladmandic/face-api")}/model`);
  const image = drawnFace();
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
  assert.ok(Math.abs(expected[0]! - whole.age) < 1);
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
