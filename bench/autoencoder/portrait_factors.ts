import * as faceTools from "../../lib/faces/mod.ts";
import { decodeImage, lightness } from "../../lib/image/mod.ts";
import { portraitFiles } from "../portraits.ts";

/** What 04 asks the codes for, measured in each portrait; NaN where no face is found. */
export async function portraitFactors(): Promise<Record<string, number[]>> {
  const detector = await faceTools.loadFaceDetector();
  const factors = {
    yaw: [] as number[],
    hair: [] as number[],
    background: [] as number[],
    "around the face": [] as number[],
  };
  for (const file of portraitFiles()) {
    const image = await decodeImage(file);
    const face = (await detector.detect([image]))[0]![0];
    const look = face && faceTools.measureAppearance(image, face.landmarks);
    factors.yaw.push(face?.yaw ?? NaN);
    factors.hair.push(look?.hair[0] ?? NaN);
    factors.background.push(look?.background[0] ?? NaN);
    const sides = [{ right: 0.12 }, { left: 0.88 }].map((strip) => lightness(image, strip));
    factors["around the face"].push(sides[0]! + sides[1]!);
  }
  return factors;
}
