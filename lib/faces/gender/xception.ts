import { createHash } from "node:crypto";
import type * as tfjs from "@tensorflow/tfjs";
import { tf } from "../../tensorflow/mod.ts";
import { levelledSquare } from "../frame.ts";
import { joined, network } from "../network.ts";
import type { GenderModel } from "./gender_model.ts";
import { kerasModel } from "./keras_file.ts";

/** The file that {@linkcode loadXceptionGender} was written for, and calibrated on. */
const xceptionSha256 = "7affc7bd520c48ca908eada26988d0e17fdfa1d447d8ae5675395f05ca6f943b";

/** Weights of red, green and blue in a grey picture as OpenCV makes it. */
const grey = [0.299, 0.587, 0.114];

/**
 * The post's own network: `gender_mini_XCEPTION.21-0.95.hdf5` of oarriaga/face_classification, 53,000
 * weights, trained on the faces of IMDB. It sees 64 x 64 grey pixels and says nothing of age.
 *
 * @param source path or http(s) address of the Keras file
 * @throws Error where the file cannot be had or its sha256 is another one
 */
export async function loadXceptionGender(
  source: string | URL,
  { sha256 = xceptionSha256 }: { readonly sha256?: string } = {},
): Promise<GenderModel> {
  const model = await kerasModel(await verifiedFile(source, sha256));
  const side = 64;
  const xception = network({
    side,
    batch: 8,
    compute: (input) => {
      const shades = tf.sum(tf.mul(input, grey), 3, true);
      return [model.predict(tf.sub(tf.div(shades, 127.5), 1)) as tfjs.Tensor];
    },
  });
  return {
    name: "xception",
    side,
    // As wide as the crops of IMDB, which have a margin of 40 % on every side of a face.
    frame: (landmarks) => levelledSquare(landmarks, { side: 1.8, up: 0 }),
    async judge(views) {
      const [genders] = await xception.run(joined(views), views.length);
      return views.map((_, face) => ({ pWoman: genders![2 * face]!, age: null }));
    },
  };
}

async function verifiedFile(
  source: string | URL,
  sha256: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await read(source);
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== sha256) {
    throw new Error(`Expected a file with sha256 ${sha256} at ${source} but found ${found}`);
  }
  return bytes;
}

async function read(source: string | URL): Promise<Uint8Array<ArrayBuffer>> {
  if (!/^https?:/.test(String(source))) return await Deno.readFile(source);
  const response = await fetch(source);
  if (!response.ok) throw new Error(`${source} answered with status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
