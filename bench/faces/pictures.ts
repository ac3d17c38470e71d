import { join } from "node:path";
import { packageFile } from "../../lib/faces/network.ts";
import { encodeJpeg } from "../../lib/image/mod.ts";
import { planWorld } from "../../lib/sample/mod.ts";
import * as painter from "../../lib/sample/painter/mod.ts";
import { type Painter, paintPicture } from "../../lib/sample/paint_picture.ts";

/** Pictures of one kind and, where it is known, how many people are in them. */
export interface PictureSet {
  readonly name: string;
  readonly files: readonly string[];
  /** Width of the widest in pixels. */
  readonly width: number;
  readonly people: number | null;
}

/** Six photographs of groups from the npm package of face-api, 1920 x 1400 and the like. */
export const photographs: PictureSet = {
  name: "photographs",
  files: [1, 2, 3, 4, 5, 6].map((number) =>
    packageFile("@vladmandic/face-api", "demo", `sample${number}.jpg`)
  ),
  width: 1920,
  people: null,
};

/** The first group pictures of the sample world, painted into a folder. */
export async function paintGroups(folder: string, count: number): Promise<PictureSet> {
  const groups = planWorld({ people: 1200, seed: 1 }).pictures
    .filter(({ kind }) => kind === "group").slice(0, count);
  await Deno.mkdir(folder, { recursive: true });
  const files = [];
  for (const group of groups) {
    const file = join(folder, `${group.id}.jpg`);
    const { image } = paintPicture(group, { painter: painter as unknown as Painter });
    await Deno.writeFile(file, await encodeJpeg(image, group.quality));
    files.push(file);
  }
  return {
    name: "painted groups",
    files,
    width: Math.max(...groups.map(({ width }) => width)),
    people: groups.reduce((sum, { people }) => sum + people.length, 0),
  };
}
