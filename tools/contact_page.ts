/**
 * All faces in a folder's pictures on one page, and their number for each picture:
 *
 *     deno run -A tools/contact_page.ts FOLDER PAGE.png
 */
import { basename, join } from "node:path";
import { alignedCrop, alignTransform, defaultGates, loadFaceDetector } from "../lib/faces/mod.ts";
import { decodeImage, type RgbImage } from "../lib/image/mod.ts";
import { montage, save } from "../lib/show/mod.ts";

const [folder, page] = Deno.args;
if (!folder || !page) throw new Error("Expected a folder with pictures and the page's path");
const files = [...Deno.readDirSync(folder)].filter(({ isFile }) => isFile)
  .map(({ name }) => join(folder, name)).sort();
const detector = await loadFaceDetector();
const crops: RgbImage[] = [];
const table = [];
for (const file of files) {
  const image = await decodeImage(file);
  const faces = (await detector.detect([image]))[0]!
    .filter(({ confidence }) => confidence >= defaultGates.minimumConfidence);
  for (const { landmarks } of faces) {
    crops.push(alignedCrop(image, alignTransform(landmarks, { size: 64 }), { size: 64 }));
  }
  const sizes = faces.map(({ box }) => Math.round(Math.sqrt(box[2] * box[3])));
  table.push({
    picture: basename(file),
    size: `${image.width} x ${image.height}`,
    faces: faces.length,
    smallest: Math.min(...sizes),
    largest: Math.max(...sizes),
  });
}
console.table(table);
await save(montage(crops, { columns: 25 }), page);
