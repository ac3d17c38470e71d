import {
  baidu,
  bing,
  type Candidate,
  duckduckgo,
  type Engine,
  flickr,
  google,
  naver,
  openverse,
  type Query,
  type TextAnswer,
  wikimedia,
} from "../../lib/scrape/mod.ts";

/** The engines whose answers are among the fixtures, each in the folder of its name. */
export const fixtureEngines: readonly Engine[] = [
  google(),
  bing(),
  baidu(),
  naver(),
  duckduckgo(),
  openverse(),
  wikimedia(),
  flickr({ key: "a key" }),
];

/** An answer of an engine; what is not said is a page without redirect. */
export type Reply = Partial<Omit<TextAnswer, "url">>;

/** One answer of an engine and what it is read as: candidates, none, or the reason of an error. */
export interface FixtureCase {
  readonly name: string;
  readonly reply: Reply;
  readonly expected: readonly Partial<Candidate>[] | string;
}

/**
 * The cases of an engine's folder. `expected.json` names them; the body of a case is the file with
 * its name, its status, Location and Retry-After are in `NAME.answer.json`, both where they matter.
 */
export async function casesOf(folder: URL): Promise<FixtureCase[]> {
  const files = [...Deno.readDirSync(folder)].map(({ name }) => name);
  const expected: Record<string, FixtureCase["expected"]> = await readJson(
    new URL("expected.json", folder),
  );
  return await Promise.all(
    Object.entries(expected).map(async ([name, expected]) => {
      const body = files.find((file) => new RegExp(`^${name}\\.(html|json|txt)$`).test(file));
      const answer = files.includes(`${name}.answer.json`)
        ? await readJson(new URL(`${name}.answer.json`, folder))
        : {};
      const text = body ? await Deno.readTextFile(new URL(body, folder)) : "";
      const location = answer.location ? new URL(answer.location) : null;
      return { name, expected, reply: { ...answer, location, text } };
    }),
  );
}

/** The folder of an engine's fixtures. */
export function fixtureFolder(engine: string): URL {
  return new URL(`fixtures/${engine}/`, import.meta.url);
}

/** The answers that come before the first page: a token, a cookie. */
export async function replyToStart(engine: string): Promise<Reply> {
  if (engine !== "duckduckgo") return { cookies: ["BAIDUID=1:FG=1"] };
  return { text: await Deno.readTextFile(new URL("start.html", fixtureFolder(engine))) };
}

/** What a search of canned answers has asked for and found. */
export interface SearchRecord {
  readonly asked: URL[];
  readonly headers: Readonly<Record<string, string>>[];
  readonly pages: number[];
  readonly found: Candidate[];
}

/** Runs a search on canned answers, over at most `most` pages. */
export async function searchFixture(
  engine: Engine,
  reply: (url: URL) => Reply | Promise<Reply>,
  { firstPage = 0, most = 9, query = { keyword: "걸그룹 셀카" } }: {
    firstPage?: number;
    most?: number;
    query?: Query;
  } = {},
): Promise<SearchRecord> {
  const record: SearchRecord = { asked: [], headers: [], pages: [], found: [] };
  const stream = engine.search(query, {
    firstPage,
    async fetch(url, { headers = {} } = {}) {
      record.asked.push(url);
      record.headers.push(headers);
      const given = await reply(url);
      const answer = { status: 200, location: null, retryAfter: null, text: "", cookies: [] };
      return { ...answer, ...given, url };
    },
  });
  for await (const { number, candidates } of stream) {
    record.pages.push(number);
    record.found.push(...candidates);
    if (record.pages.length === most) break;
  }
  return record;
}

async function readJson(file: URL) {
  return JSON.parse(await Deno.readTextFile(file));
}
