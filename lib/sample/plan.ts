import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { extname, join } from "node:path";
import { planLinks } from "./plan_links.ts";
import { planPeople } from "./plan_people.ts";
import { type SeededRandom, seededRandom } from "./random.ts";

/** How a person in a sample picture presents. */
export type Presentation = "woman" | "man";

/** File formats of the sample world's pictures. */
export type PictureFormat = "jpeg" | "png" | "webp";

/** The three search engines whose result pages the sample web answers with. */
export type EngineName = "google" | "bing" | "baidu";

/**
 * What is wrong with a link. `null` stands for a link that gives what it promises.
 *
 * - `missing`: 404
 * - `reset`: the connection is closed without an answer
 * - `cut`: the connection ends before the promised length
 * - `slow`: the answer begins late (a real picture)
 * - `moved`: a redirect to another host (a real picture)
 * - `html`: a web page with the name of a picture
 * - `empty`: no bytes
 * - `truncated`: half of a picture's file, sent as if it were whole
 * - `small`: a real picture that is too small to be of use
 * - `robots`: a path that the host's robots.txt disallows
 * - `noai`: a picture sent with `X-Robots-Tag: noai`
 */
export type Trap =
  | "missing"
  | "reset"
  | "cut"
  | "slow"
  | "moved"
  | "html"
  | "empty"
  | "truncated"
  | "small"
  | "robots"
  | "noai";

/** One person's place in a picture that is to be painted. */
export interface PlannedAppearance {
  /** Name of the person: the same in every picture that shows the person. */
  readonly person: string;
  readonly presentation: Presentation;
  /** Seed of everything that stays with the person. */
  readonly personSeed: number;
  /** Seed of everything that changes from picture to picture: pose, expression, light. */
  readonly poseSeed: number;
}

/** The same picture in other bytes: another size, quality or format. */
export interface PlannedCopy {
  readonly id: string;
  /** Width and height as a share of the original's. */
  readonly scale: number;
  readonly format: PictureFormat;
  /** 1 to 100; no meaning for PNG. */
  readonly quality: number;
}

/** One picture that is to be painted, or taken from a folder. */
export interface PlannedPicture {
  readonly id: string;
  readonly kind: "portrait" | "group" | "scene";
  /** Size in pixels; 0 where a file decides it. */
  readonly width: number;
  readonly height: number;
  readonly format: PictureFormat;
  readonly quality: number;
  /** Seed of what surrounds the people. */
  readonly seed: number;
  /** Who is in it, from left to right. */
  readonly people: readonly PlannedAppearance[];
  /** Absolute path of the file that stands in for a painted picture, its size and its time. */
  readonly source?: { readonly path: string; readonly bytes: number; readonly modified: number };
  readonly copies: readonly PlannedCopy[];
}

/** One address on the sample web, as the engines list it. */
export interface PlannedLink {
  readonly id: string;
  /** Name of the host; its port is known when the web is served. */
  readonly host: string;
  /** Path of the picture, percent-encoded, with its query. */
  readonly path: string;
  /** Path of the web page that shows the picture, on the same host. */
  readonly page: string;
  readonly title: string;
  /** Id of the picture or copy that the link gives, or seems to give. */
  readonly picture: string;
  readonly trap: Trap | null;
  /** What the link is beside a trap: the first address of a picture, a second one, or a copy. */
  readonly role: "original" | "duplicate" | "re-encoded";
  /** The size that engines claim for a trap's picture; null: the true size. */
  readonly claimed: readonly [width: number, height: number] | null;
  readonly licence: { readonly name: string; readonly url: string; readonly author: string } | null;
}

/** Everything that a sample world holds, before a single pixel is painted. Plain JSON. */
export interface WorldPlan {
  /** Number of different people, 0 where files stand in for them. */
  readonly people: number;
  readonly seed: number;
  /** Ranges of the factors, as the painter takes them; null: the painter's calm ranges. */
  readonly ranges: unknown;
  readonly pictures: readonly PlannedPicture[];
  readonly links: readonly PlannedLink[];
  /** Link ids in the order of rank, for each engine and keyword. */
  readonly results: Readonly<Record<EngineName, Readonly<Record<string, readonly string[]>>>>;
}

/** What may be asked of {@linkcode planWorld}. */
export interface PlanOptions {
  /** Number of different people. Default: 1,200. Not used with a `source`. */
  readonly people?: number;
  /** Seed of every choice. Default: 1. */
  readonly seed?: number;
  /** Ranges of the painter's factors, as plain JSON. Default: the painter's calm ranges. */
  readonly ranges?: unknown;
  /** Folder of pictures that stand in for the painted people, or null. Default: null. */
  readonly source?: string | null;
}

/**
 * Plans a sample world: who is in which picture, at which addresses the pictures lie, what is wrong
 * with some of the addresses and which search lists them. The same options give the same plan.
 *
 * With a `source` folder each of its pictures (subfolders included) is one original; the plan then
 * depends on the files' names, sizes and times.
 *
 * @throws RangeError where fewer than 10 people are asked for, or the folder holds no picture
 * @throws Error where the folder cannot be read
 */
export function planWorld(
  { people = 1200, seed = 1, ranges = null, source = null }: PlanOptions = {},
): WorldPlan {
  const random = seededRandom(seed);
  if (source === null && !(Number.isInteger(people) && people >= 10)) {
    throw new RangeError(`Expected at least 10 people but got ${people}`);
  }
  const originals = source === null ? planPeople(people, random) : planFolder(source, random);
  const { pictures, links, results } = planLinks(originals, random);
  return { people: source === null ? people : 0, seed, ranges, pictures, links, results };
}

/** A hexadecimal digest of a plan: equal plans have equal digests. */
export function planDigest(plan: WorldPlan): string {
  return createHash("sha256").update(JSON.stringify(plan)).digest("hex");
}

const pictureExtensions = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".tif", ".tiff"];

function planFolder(folder: string, random: SeededRandom): PlannedPicture[] {
  const files = picturesBelow(folder).sort();
  if (files.length === 0) {
    throw new RangeError(
      `No picture (${pictureExtensions.join(", ")}) in ${folder} or its subfolders: ` +
        "set SAMPLE to a folder with pictures",
    );
  }
  return files.map((path, index) => {
    const { size, mtime } = Deno.statSync(path);
    return {
      id: `picture-${String(index + 1).padStart(5, "0")}`,
      kind: "portrait",
      width: 0,
      height: 0,
      format: "jpeg",
      quality: 0,
      seed: random.integer(0, 2 ** 31),
      people: [],
      source: { path, bytes: size, modified: mtime?.getTime() ?? 0 },
      copies: [],
    };
  });
}

/** Pictures of a folder and its subfolders. Links that lead nowhere are passed over. */
function picturesBelow(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory) return picturesBelow(path);
    const isPicture = pictureExtensions.includes(extname(entry.name).toLowerCase());
    return isPicture && statSync(path, { throwIfNoEntry: false })?.isFile() ? [path] : [];
  });
}

function entriesOf(folder: string): Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch (cause) {
    throw new Error(
      `${folder} cannot be read as a folder of pictures: set SAMPLE to one that is there`,
      { cause },
    );
  }
}
