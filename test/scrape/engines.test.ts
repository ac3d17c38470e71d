import assert from "node:assert/strict";
import fc from "fast-check";
import {
  baidu,
  bing,
  type Candidate,
  type Engine,
  EngineError,
  google,
  type Query,
  urls,
} from "../../lib/scrape/mod.ts";
import { decipher } from "../../lib/scrape/engines/baidu.ts";
import type { TextAnswer } from "../../lib/scrape/mod.ts";
import { baiduPage, bingPage, googlePage } from "./fixture_web.ts";

type Reply = Partial<Omit<TextAnswer, "url">>;

/** Runs a search on canned answers; `asked` collects the URLs and cookies. */
async function search(
  engine: Engine,
  reply: (url: URL) => Reply,
  { firstPage = 0, pages = 9, query = { keyword: "걸그룹 셀카" } as Query } = {},
) {
  const asked: URL[] = [];
  const cookies: (string | undefined)[] = [];
  const found: (Candidate & { page: number })[] = [];
  const stream = engine.search(query, {
    firstPage,
    fetch(url, { headers = {} } = {}) {
      asked.push(url);
      cookies.push(headers.cookie);
      return Promise.resolve({
        status: 200,
        location: null,
        text: "",
        cookies: [],
        url,
        ...reply(url),
      });
    },
  });
  let count = 0;
  for await (const { number, candidates } of stream) {
    found.push(...candidates.map((candidate) => ({ ...candidate, page: number })));
    if (++count === pages) break;
  }
  return { asked, cookies, found };
}

const urlOf = ({ url }: Candidate) => url;

Deno.test("google reads picture, page, size, thumbnail and title", async () => {
  const { asked, cookies, found } = await search(
    google({ endpoint: "http://google.sample" }),
    ({ searchParams }) => ({
      text: searchParams.get("start") === "0"
        ? googlePage([{
          url: "http://a.example/걸.jpg?w=1&q=2#part",
          page: "http://blog.example/p?a=1",
          title: "Rock &amp; &lt;Roll&gt;",
          id: "x:y",
        }])
        : googlePage([]),
    }),
  );
  assert.equal(asked[0]!.pathname, "/search");
  assert.equal(asked[0]!.searchParams.get("q"), "걸그룹 셀카");
  assert.equal(asked[0]!.searchParams.get("tbm"), "isch");
  assert.deepEqual(asked.map((url) => url.searchParams.get("start")), ["0", "10"]);
  assert.deepEqual(cookies, ["CONSENT=YES+", "CONSENT=YES+"]);
  assert.deepEqual(found, [{
    page: 0,
    url: "http://a.example/%EA%B1%B8.jpg?w=1&q=2",
    pageUrl: "http://blog.example/p?a=1",
    thumbnailUrl: "https://encrypted-tbn0.gstatic.com/images?q=tbn:x%3Ay",
    title: "Rock & <Roll>",
    width: 640,
    height: 800,
  }]);
});

Deno.test("bing reads picture, page, size, thumbnail and title, and stops where results repeat", async () => {
  const { asked, found } = await search(
    bing({ endpoint: "http://bing.sample/" }),
    ({ searchParams }) => {
      const first = Number(searchParams.get("first"));
      const page = Math.min(1, (first - 1) / 35);
      return {
        text: bingPage([{
          url: `http://a.example/${page}.png?x="1"&y=2`,
          title: "It's &quot;on&quot;",
          size: "1200 × 900",
        }]),
      };
    },
  );
  assert.deepEqual(asked.map((url) => url.searchParams.get("first")), ["1", "36", "71"]);
  assert.deepEqual(found.map(({ page }) => page), [0, 1]);
  assert.deepEqual(found[0], {
    page: 0,
    url: "http://a.example/0.png?x=%221%22&y=2",
    pageUrl: "http://blog.example/p",
    thumbnailUrl: "http://thumbs.example/1",
    title: `It's "on"`,
    width: 1200,
    height: 900,
  });
});

Deno.test("baidu fetches its cookie first, repairs the JSON and reads old ciphered addresses", async () => {
  const ciphered = "ippr_z2C$qAzdH3FAzdH3Fw_z&e3Bjxw4rsjAzdH3F8d_z&e3B3r2";
  const { asked, cookies, found } = await search(
    baidu({ endpoint: "http://baidu.sample" }),
    ({ pathname, searchParams }) =>
      pathname === "/" ? { cookies: ["BAIDUID=1:FG=1"] } : {
        text: searchParams.get("pn") === "0"
          ? baiduPage([
            { url: "http://a.example/1.jpg", title: "It's <strong>韩流</strong>" },
            { objURL: ciphered },
          ])
          : baiduPage([]),
      },
  );
  assert.deepEqual(asked.map((url) => url.searchParams.get("pn")), [null, "0", "30"]);
  assert.deepEqual(cookies, [undefined, "BAIDUID=1:FG=1", "BAIDUID=1:FG=1"]);
  assert.deepEqual(found.map(urlOf), ["http://a.example/1.jpg", "http://a.example/12.jpg"]);
  assert.equal(found[0]!.title, "It's 韩流");
  assert.equal(decipher(ciphered), "http://a.example/12.jpg");
});

Deno.test("an honest empty answer is a search without pages, for every engine", async () => {
  const answers: [Engine, string][] = [
    [google(), googlePage([])],
    [bing(), "<div><h1>There are no results for <strong>x</strong></h1></div>"],
    [baidu(), baiduPage([])],
    [urls([]), ""],
  ];
  for (const [engine, text] of answers) {
    assert.deepEqual((await search(engine, () => ({ text }))).found, [], engine.name);
  }
});

const location = (text: string) => ({ status: 302, location: new URL(text) });
const refusals: [string, Engine, Reply, string][] = [
  ["403", google(), { status: 403 }, "blocked"],
  ["429", bing(), { status: 429 }, "blocked"],
  ["a redirect to sorry", google(), location("https://www.google.com/sorry/index?x"), "captcha"],
  ["the sorry page", google(), { status: 429, text: '<form action="/sorry/index">' }, "captcha"],
  ["a redirect to consent", google(), location("https://consent.google.com/ml"), "consent"],
  ["a consent page", google(), {
    text: '<form action="https://consent.google.com/save"></form>'.padEnd(3000),
  }, "consent"],
  ["any other redirect", google(), location("https://elsewhere.example/"), "blocked"],
  ["a page without results", google(), { text: "<p>Hello</p>".padEnd(3000) }, "format-changed"],
  ["a captcha", bing(), { text: '<div class="captcha"></div>' }, "captcha"],
  ["a page without results", bing(), { text: "<ul class='other'></ul>" }, "format-changed"],
  ["antiFlag", baidu(), { text: '{"antiFlag":1,"message":"Forbid spider access"}' }, "blocked"],
  [
    "a redirect to the captcha",
    baidu(),
    location("https://wappass.baidu.com/static/captcha/"),
    "captcha",
  ],
  ["HTML", baidu(), { text: "<html></html>" }, "format-changed"],
  ["no list", baidu(), { text: "{}" }, "format-changed"],
  ["entries without addresses", baidu(), { text: '{"data":[{"a":1},{}]}' }, "format-changed"],
];
for (const [what, engine, reply, reason] of refusals) {
  Deno.test(`${engine.name}: ${what} is ${reason}`, async () => {
    await assert.rejects(
      search(engine, ({ pathname }) => pathname === "/" ? {} : reply),
      (error) => error instanceof EngineError && error.reason === reason,
    );
  });
}

Deno.test("a search goes on at the page where it stopped", async () => {
  const reply = (url: URL) => ({ text: googlePage([{ url: `http://a.example${url.search}` }]) });
  const { asked } = await search(google(), reply, { firstPage: 3, pages: 2 });
  assert.deepEqual(asked.map((url) => url.searchParams.get("start")), ["30", "40"]);
});

Deno.test("the filter face reaches every engine in its own words; Baidu has none for photo", async () => {
  const query: Query = { keyword: "x", filters: { type: "face" } };
  const parameter = async (engine: Engine, text: string, name: string) =>
    (await search(engine, () => ({ text }), { query })).asked.at(-1)!.searchParams.get(name);
  assert.equal(await parameter(google(), googlePage([]), "tbs"), "itp:face");
  assert.equal(await parameter(bing(), "no results", "qft"), "+filterui:face-face");
  assert.equal(await parameter(baidu(), baiduPage([]), "face"), "1");
  await assert.rejects(
    search(baidu(), () => ({ text: baiduPage([]) }), {
      query: { keyword: "x", filters: { type: "photo" } },
    }),
    RangeError,
  );
});

Deno.test("urls refuses what is no web address", () => {
  assert.throws(() => urls(["file:///etc/passwd"]), /http or https/);
});

Deno.test("mutated pages never crash an engine and never bring other schemes than http", async () => {
  const entry = { url: "http://a.example/1.jpg", title: "It's" };
  const engines: [Engine, string][] = [
    [google(), googlePage([entry, entry])],
    [bing(), bingPage([entry, entry])],
    [baidu(), baiduPage([entry, { objURL: "ippr_z2C$qAzdH3FAzdH3Fw" }])],
  ];
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat(40),
    insert: fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom("javascript:", "&quot;", "\\", "null"),
    ),
  });
  for (const [engine, page] of engines) {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
        let text = page;
        for (const { at, remove, insert } of edits) {
          const index = Math.floor(at * text.length);
          text = text.slice(0, index) + insert + text.slice(index + remove);
        }
        try {
          const { found } = await search(engine, () => ({ text }), { pages: 1 });
          for (const { url } of found) assert.match(url, /^https?:\/\/[^/]/);
        } catch (error) {
          if (!(error instanceof EngineError)) throw error;
        }
      }),
      { numRuns: 300, seed: 7 },
    );
  }
});
