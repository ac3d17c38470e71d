import { createHash } from "node:crypto";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import type { PortraitRanges } from "./painter/ranges.ts";
import { type Painter, paintPicture } from "./paint_picture.ts";
import type { PictureFormat, PlannedCopy, PlannedPicture } from "./plan.ts";
import type { TruePerson, TruthPicture } from "./truth_picture.ts";

/** What {@linkcode makePicture} works with. */
export interface MakeOptions {
  /** Folder of the world; the files go to its `pictures`, which exists. */
  readonly folder: string;
  readonly painter: Painter;
  readonly ranges: PortraitRanges | null;
}

/**
 * Makes the files of a planned picture, the picture first and then its copies, and tells the truth
 * of each. A file is there whole or not at all.
 */
export async function makePicture(
  picture: PlannedPicture,
  options: MakeOptions,
): Promise<TruthPicture[]> {
  const original = picture.source
    ? await takeFile(picture, picture.source.path)
    : await paintFile(picture, options);
  if (original.truth.width === 0) return [original.truth];
  const copies = [];
  for (const copy of picture.copies) {
    copies.push(await copyFile(copy, original, options.folder));
  }
  return [original.truth, ...copies];
}

interface Made {
  readonly bytes: Uint8Array;
  readonly truth: TruthPicture;
}

async function paintFile(
  picture: PlannedPicture,
  { folder, painter, ranges }: MakeOptions,
): Promise<Made> {
  const { image, people } = paintPicture(picture, { painter, ranges });
  const { width, height, data } = image;
  const bytes = await encode(sharp(data, { raw: { width, height, channels: 3 } }), picture);
  const file = await write(bytes, { folder, id: picture.id, format: picture.format });
  const { id, kind, format } = picture;
  return {
    bytes,
    truth: { id, copyOf: null, kind, file, ...digest(bytes), format, width, height, people },
  };
}

async function takeFile(picture: PlannedPicture, path: string): Promise<Made> {
  const bytes = await Deno.readFile(path);
  const { id, kind } = picture;
  const known = { id, copyOf: null, kind, file: path, ...digest(bytes), people: null };
  try {
    const { autoOrient, format } = await sharp(bytes).metadata();
    const { width, height } = autoOrient;
    const named = format === "png" || format === "webp" ? format : "jpeg";
    return { bytes, truth: { ...known, format: named, width, height } };
  } catch {
    // A file that no decoder reads is a trap that the folder brought along: it is served as it is.
    return { bytes, truth: { ...known, format: "jpeg", width: 0, height: 0 } };
  }
}

async function copyFile(copy: PlannedCopy, original: Made, folder: string): Promise<TruthPicture> {
  const { truth } = original;
  const width = Math.max(1, Math.round(truth.width * copy.scale));
  const height = Math.max(1, Math.round(truth.height * copy.scale));
  const resized = sharp(original.bytes).autoOrient().resize(width, height, { fit: "fill" });
  const bytes = await encode(resized, copy);
  const file = await write(bytes, { folder, id: copy.id, format: copy.format });
  const [x, y] = [width / truth.width, height / truth.height];
  const people = truth.people?.map((person) => scaled(person, x, y)) ?? null;
  const { id, format } = copy;
  const copyOf = truth.id;
  return { id, copyOf, kind: truth.kind, file, ...digest(bytes), format, width, height, people };
}

function scaled(person: TruePerson, x: number, y: number): TruePerson {
  const [left, top, width, height] = person.box;
  const landmarks = Object.entries(person.landmarks).map((
    [name, [u, v]],
  ) => [name, [u * x, v * y]]);
  return {
    ...person,
    landmarks: Object.fromEntries(landmarks),
    box: [left * x, top * y, width * x, height * y],
  };
}

async function encode(
  image: Sharp,
  { format, quality }: { readonly format: PictureFormat; readonly quality: number },
): Promise<Uint8Array> {
  const encoded = format === "png"
    ? image.png()
    : format === "webp"
    ? image.webp({ quality })
    : image.jpeg({ quality });
  return new Uint8Array(await encoded.toBuffer());
}

async function write(
  bytes: Uint8Array,
  { folder, id, format }: { readonly folder: string; readonly id: string; format: PictureFormat },
): Promise<string> {
  const file = join("pictures", `${id}.${format === "jpeg" ? "jpg" : format}`);
  const part = join(folder, `${file}.${Deno.pid}.part`);
  await Deno.writeFile(part, bytes);
  await Deno.rename(part, join(folder, file));
  return file;
}

function digest(bytes: Uint8Array): { sha256: string; bytes: number } {
  return { sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.length };
}
