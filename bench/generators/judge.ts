import * as faceTools from "../../lib/faces/mod.ts";
import { imagesFromTensor } from "../../lib/image/mod.ts";
import * as metrics from "../../lib/metrics/mod.ts";
import type { FaceTensors } from "../../lib/train/mod.ts";

/** The judge of all that is drawn here: Human's and face-api's networks, and the face detector. */
export async function faceJudge(faces: FaceTensors): Promise<metrics.FaceJudge> {
  const detector = await faceTools.loadFaceDetector();
  return await metrics.faceJudge({
    training: await imagesFromTensor(faces.training),
    heldOut: await imagesFromTensor(faces.heldOut),
    embedders: [await faceTools.loadHumanEmbedder(), await faceTools.loadFaceApiEmbedder()],
    findFaces: (crops) => faceTools.findInCrops(detector, crops),
  });
}
