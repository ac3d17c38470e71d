// Our chain: detection, alignment to 100 px, two gender models.
//
//     ours.ts SMALLEST_FACE GENDER_HDF5 PICTURE...
//
// SMALLEST_FACE is a width in source pixels. GENDER_HDF5 is the post's network, which then takes the
// place of Human's, or "" for none. Prints one line of JSON: the seconds after a warm-up, and the faces
// of each picture.
import { ahead } from "../../lib/faces/ahead.ts";
import { inGroups } from "../../lib/faces/in_groups.ts";
import {
  alignedCrop,
  alignTransform,
  loadFaceApiGender,
  loadFaceDetector,
  loadHumanGender,
  loadXceptionGender,
  modelViews,
} from "../../lib/faces/mod.ts";
import { pieces } from "../../lib/faces/pieces.ts";
import { decodeImage } from "../../lib/image/mod.ts";

const [smallestFace, genderFile, ...files] = Deno.args;
const detector = await loadFaceDetector({ smallestFace: Number(smallestFace) });
const models = await Promise.all([
  genderFile ? loadXceptionGender(genderFile) : loadHumanGender(),
  loadFaceApiGender(),
]);

async function chain(group: readonly string[]): Promise<number[]> {
  const images = await Promise.all(group.map((file) => decodeImage(file)));
  const faces = await detector.detect(images);
  const found = faces.flatMap((own, index) =>
    own.map(({ landmarks }) => ({ image: images[index]!, landmarks }))
  );
  await inGroups(found, async (own) => {
    for (const { image, landmarks } of own) alignedCrop(image, alignTransform(landmarks));
    return await Promise.all(
      models.map((model) => model.judge(modelViews(model, own))),
    );
  });
  return faces.map(({ length }) => length);
}

// Eight pictures at a time, as in the stages.
const groups = pieces(files, 8);
const all = () => Array.fromAsync(ahead(groups, chain));
// A network is compiled for each number of faces that it meets.
await all();
const began = performance.now();
const faces = (await all()).flat();
console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000, faces }));
