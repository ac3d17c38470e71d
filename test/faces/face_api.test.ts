import assert from "node:assert/strict";
import { loadFaceApiGender } from "../../lib/faces/gender/face_api.ts";
import { packageFile } from "../../lib/faces/network.ts";
import { loadFaceDetector, squareTransform, warp } from "../../lib/faces/mod.ts";
import { requireOnEngine, tf } from "../../lib/tensorflow/mod.ts";
import { decodeImage } from "../../lib/image/mod.ts";
import { groupPhotos } from "./fill_catalog.ts";

Deno.test("loadFaceApiGender gives the age and probability that face-api itself gives for the same crop", async () => {
  const image = await decodeImage(groupPhotos[0]!);
  const [faces] = await (await loadFaceDetector()).detect([image]);
  assert.ok(faces!.length > 0);
  const model = await loadFaceApiGender();
  const views = faces!.map(({ landmarks }) =>
    // Whole numbers, as face-api rounds what it is given.
    warp(image, squareTransform(model.frame(landmarks), model.side), { size: model.side })
      .map((value) => Math.min(255, Math.max(0, Math.round(value))))
  );
  const ours = await model.judge(views);
  const faceApi = requireOnEngine("@vladmandic/face-api");
  await faceApi.nets.ageGenderNet.loadFromDisk(packageFile("@vladmandic/face-api", "model"));
  for (const [index, view] of views.entries()) {
    const tensor = tf.tensor3d(view, [model.side, model.side, 3]);
    const theirs = await faceApi.nets.ageGenderNet.predictAgeAndGender(tensor);
    tensor.dispose();
    const { gender, genderProbability, age } = theirs;
    const pWoman = gender === "female" ? genderProbability : 1 - genderProbability;
    assert.ok(
      Math.abs(ours[index]!.pWoman! - pWoman) < 1e-4,
      `${ours[index]!.pWoman} or ${pWoman}`,
    );
    assert.ok(Math.abs(ours[index]!.age! - age) < 1e-2, `${ours[index]!.age} or ${age}`);
  }
});
