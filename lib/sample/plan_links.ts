import type {
  EngineName,
  PictureFormat,
  PlannedCopy,
  PlannedLink,
  PlannedPicture,
  Trap,
  WorldPlan,
} from "./plan.ts";
import type { SeededRandom } from "./random.ts";

/** The hosts that hold pictures. `slow` answers late, `flaky` breaks connections. */
export const pictureHosts = ["album", "blog", "fansite", "magazine", "mirror", "press"] as const;
export type PictureHost = typeof pictureHosts[number];
export const slowHost = "slow";
export const flakyHost = "flaky";
/** Beginning of the paths that robots.txt disallows on the picture hosts. */
export const disallowedFolder = "/members/";

/** The keywords of the sample web and the share of the links that each of them lists first. */
const keywords: readonly (readonly [EngineName, string, number])[] = [
  ["google", "걸그룹 프로필 사진", 3],
  ["google", "걸그룹 셀카", 3],
  ["google", "걸그룹 미모", 3],
  ["bing", "걸그룹 프로필 사진", 1],
  ["bing", "걸그룹 셀카", 1],
  ["bing", "걸그룹 미모", 1],
  ["baidu", "韩流 女 写真", 2],
];

/** Share of the links that a second engine lists too. */
const shareListedTwice = 0.2;

/** Links of each sort for each original picture; at least one of each is made. */
const shares = {
  duplicate: 0.03,
  "re-encoded": 0.045,
  missing: 0.015,
  reset: 0.006,
  cut: 0.004,
  slow: 0.01,
  moved: 0.005,
  html: 0.01,
  empty: 0.003,
  truncated: 0.01,
  small: 0.03,
  robots: 0.006,
  noai: 0.001,
} as const satisfies Record<Trap | "duplicate" | "re-encoded", number>;

/** Share of the pictures under an open licence. */
const shareLicensed = 0.05;
/** Name and address of the open licences. */
export const licences = [
  ["CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"],
  ["CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"],
  ["CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"],
] as const;

/** Gives the pictures their addresses and traps, makes copies where a trap needs one, and fills the result lists. */
export function planLinks(
  originals: readonly PlannedPicture[],
  random: SeededRandom,
): Pick<WorldPlan, "pictures" | "links" | "results"> {
  const links: PlannedLink[] = [];
  const copies = new Map<string, PlannedCopy[]>();
  const count = (sort: keyof typeof shares) =>
    Math.max(1, Math.round(originals.length * shares[sort]));
  const withPeople = originals.filter(({ kind }) => kind !== "scene");
  const someone = () => random.pick(withPeople);

  const addCopy = (of: PlannedPicture, copy: Omit<PlannedCopy, "id">): string => {
    const list = copies.get(of.id) ?? [];
    copies.set(of.id, list);
    const id = `${of.id}-copy-${list.length + 1}`;
    list.push({ id, ...copy });
    return id;
  };
  const addLink = (
    picture: string,
    wishes: Partial<Pick<PlannedLink, "host" | "trap" | "role" | "claimed" | "licence">> = {},
  ) => {
    const number = links.length + 1;
    const trap = wishes.trap ?? null;
    links.push({
      id: `link-${String(number).padStart(5, "0")}`,
      host: wishes.host ?? random.pick(pictureHosts, [3, 3, 2, 2, 1, 1]),
      path: (trap === "robots" ? disallowedFolder : "/") + fileName(number, random),
      page: `/posts/${number}.html`,
      title: title(number, random),
      picture,
      trap,
      role: wishes.role ?? "original",
      claimed: wishes.claimed ?? null,
      licence: wishes.licence ?? null,
    });
  };

  // Original pictures that can be had: at one honest address each, a few of them late or moved.
  const late = count("slow");
  const moved = late + count("moved");
  random.shuffle(originals).forEach(({ id }, position) => {
    if (position < late) addLink(id, { trap: "slow", host: slowHost });
    else if (position < moved) addLink(id, { trap: "moved" });
    else addLink(id, { licence: licence(random) });
  });

  repeat(count("duplicate"), () => addLink(someone().id, { role: "duplicate" }));
  repeat(count("re-encoded"), () => {
    const copy = {
      scale: random.pick([1, 1.25, 0.9, 0.8]),
      format: random.pick<PictureFormat>(["jpeg", "webp", "png"], [8, 1, 1]),
      quality: random.integer(55, 80),
    };
    addLink(addCopy(someone(), copy), { role: "re-encoded" });
  });
  repeat(count("small"), (position) => {
    const picture = someone();
    const scale = random.integer(20, 40) / 100 * Math.min(1, 256 / (picture.height || 256));
    const copy = addCopy(picture, { scale, format: "jpeg", quality: 75 });
    // Every other engine entry promises more than the host gives.
    const claimed = position % 2 === 0 ? null : [640, 640] as const;
    addLink(copy, { trap: "small", role: "re-encoded", claimed });
  });
  // What must not be fetched is in bytes of its own, so that the truth can tell whether it was.
  for (const trap of ["robots", "noai"] as const) {
    repeat(count(trap), () => {
      const copy = { scale: 1, format: "jpeg", quality: random.integer(70, 90) } as const;
      addLink(addCopy(someone(), copy), { trap, role: "re-encoded" });
    });
  }
  for (const trap of ["missing", "html", "empty", "truncated"] as const) {
    repeat(count(trap), () => addLink(someone().id, { trap, role: "duplicate" }));
  }
  for (const trap of ["reset", "cut"] as const) {
    repeat(count(trap), () => addLink(someone().id, { trap, host: flakyHost, role: "duplicate" }));
  }

  const pictures = originals.map((picture) => ({
    ...picture,
    copies: copies.get(picture.id) ?? [],
  }));
  return { pictures, links, results: planResults(links, random) };
}

function planResults(links: readonly PlannedLink[], random: SeededRandom): WorldPlan["results"] {
  const lists = keywords.map(([engine, keyword, weight]) => ({
    engine,
    keyword,
    weight,
    ids: [] as string[],
  }));
  const pick = (among: typeof lists) => random.pick(among, among.map(({ weight }) => weight));
  random.shuffle(links).forEach(({ id }) => {
    const first = pick(lists);
    first.ids.push(id);
    if (random.chance(shareListedTwice)) {
      pick(lists.filter(({ engine }) => engine !== first.engine)).ids.push(id);
    }
  });
  const results: Record<EngineName, Record<string, string[]>> = { google: {}, bing: {}, baidu: {} };
  for (const { engine, keyword, ids } of lists) results[engine][keyword] = random.shuffle(ids);
  return results;
}

function licence(random: SeededRandom): PlannedLink["licence"] {
  if (!random.chance(shareLicensed)) return null;
  const [name, url] = random.pick(licences);
  return { name, url, author: `photographer ${random.integer(1, 30)}` };
}

/** File names as the web has them: plain, Korean, in capitals, with a query, without an ending. */
function fileName(number: number, random: SeededRandom): string {
  const year = random.integer(2012, 2019);
  return random.pick([
    `${year}/${random.integer(10, 12)}/profile-${number}.jpg`,
    `images/${encodeURIComponent("걸그룹")}_${number}.jpg`,
    `upload/IMG_${number}.JPG`,
    `photo/${number}.jpeg?w=1200&quality=90`,
    `media/${number}`,
  ], [6, 2, 2, 1, 1]);
}

/** Titles with the characters that break careless parsers: quotes, ampersands, tags, two alphabets. */
function title(number: number, random: SeededRandom): string {
  return random.pick([
    `걸그룹 프로필 사진 ${number}`,
    `韩流 女 写真 ${number}`,
    `Backstage & rehearsal, no. ${number}`,
    `It's showtime <${number}>`,
    `"Encore" ${number}: 무대 사진`,
  ]);
}

function repeat(times: number, make: (position: number) => void): void {
  for (let position = 0; position < times; position++) make(position);
}
