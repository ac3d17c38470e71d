import assert from "node:assert/strict";
import {
  EngineError,
  type Filters,
  filterTable,
  supportedFilters,
  unsupportedFilters,
  urls,
} from "../../lib/scrape/mod.ts";
import { fixtureEngines, replyToStart, searchFixture } from "./engine_fixtures.ts";

/** The parameters that a filter adds to an engine's request, or the reason why it has none. */
async function added(name: string, filters: Filters): Promise<string> {
  const engine = fixtureEngines.find((engine) => engine.name === name)!;
  const asked: URL[] = [];
  for (const query of [{ keyword: "x" }, { keyword: "x", filters }]) {
    try {
      await searchFixture(engine, (url) => {
        if (url.pathname === "/") return replyToStart(name);
        asked.push(url);
        throw new Error("seen");
      }, { query });
    } catch (error) {
      if (error instanceof EngineError) return error.reason;
    }
  }
  const [plain, filtered] = asked.map(({ searchParams }) => [...searchParams]);
  const before = new Map(plain);
  return filtered!.filter(([key, value]) => before.get(key) !== value)
    .map(([key, value]) => `${key}=${value}`).join("&");
}

const cases: [engine: string, filters: Filters, parameters: string][] = [
  ["google", { type: "face" }, "tbs=itp:face"],
  ["google", { type: "portrait" }, "filter"],
  [
    "google",
    { type: "photo", size: "large", colour: "red", licence: "commercial", date: "week" },
    "tbs=itp:photo,isz:l,ic:specific,isc:red,sur:fc,qdr:w",
  ],
  ["google", { colour: "grey", language: "ko-KR" }, "tbs=ic:gray&lr=lang_ko"],
  ["google", { licence: "public-domain" }, "filter"],
  ["bing", { type: "portrait" }, "qft=+filterui:face-portrait"],
  [
    "bing",
    { type: "face", size: "huge", colour: "grey", licence: "modify-commercial", date: "day" },
    "qft=+filterui:face-face+filterui:imagesize-wallpaper+filterui:color2-bw" +
    "+filterui:license-L2_L3+filterui:age-lt1440",
  ],
  ["bing", { language: "ko-KR" }, "mkt=ko-KR"],
  ["bing", { language: "ko" }, "filter"],
  ["baidu", { type: "face", size: "large", colour: "black" }, "face=1&z=3&ic=512"],
  ["baidu", { type: "photo" }, "filter"],
  ["baidu", { licence: "open" }, "filter"],
  ["naver", { date: "month", licence: "commercial", language: "ko" }, "nso=p:1m&ccl=2"],
  ["naver", { language: "ja" }, "filter"],
  ["naver", { type: "face" }, "filter"],
  [
    "duckduckgo",
    { type: "photo", size: "large", colour: "pink", licence: "public-domain", date: "year" },
    "f=type:photo,size:Large,color:Pink,license:Public,time:Year",
  ],
  ["duckduckgo", { language: "ko-KR" }, "l=kr-kr"],
  ["openverse", { type: "photo", size: "large" }, "category=photograph&size=large"],
  ["openverse", { licence: "open" }, ""],
  ["openverse", { licence: "modify-commercial" }, "license_type=commercial,modification"],
  ["openverse", { licence: "public-domain" }, "license=cc0,pdm"],
  ["openverse", { colour: "red" }, "filter"],
  ["wikimedia", { licence: "modify-commercial" }, ""],
  [
    "wikimedia",
    { size: "large", licence: "public-domain" },
    "gsrsearch=filetype:bitmap fileres:>1500 haslicense:unrestricted x",
  ],
  ["wikimedia", { date: "day" }, "filter"],
  ["flickr", { type: "photo", licence: "public-domain" }, "content_types=0&license=7,8,9,10"],
  ["flickr", { type: "face" }, "filter"],
];
for (const [engine, filters, parameters] of cases) {
  Deno.test(`${engine}: ${JSON.stringify(filters)} is ${parameters || "true of all"}`, async () => {
    assert.equal(await added(engine, filters), parameters);
  });
}

Deno.test("a filter that an engine lacks is an error that names it, before anything is asked", async () => {
  const search = searchFixture(urls(["http://a.example/1.jpg"]), () => ({}), {
    query: { keyword: "x", filters: { type: "face", date: "day" } },
  });
  await assert.rejects(search, (error) => {
    assert.ok(error instanceof EngineError);
    assert.equal(error.reason, "filter");
    assert.match(error.message, /type "face" or date "day"/);
    return true;
  });
});

Deno.test("unsupportedFilters and supportedFilters part the filters", () => {
  const naver = fixtureEngines.find(({ name }) => name === "naver")!;
  const filters: Filters = { type: "face", date: "day", language: "ja" };
  assert.deepEqual(unsupportedFilters(naver, filters), ["type", "language"]);
  assert.deepEqual(supportedFilters(naver, filters), { date: "day" });
  assert.deepEqual(unsupportedFilters(naver), []);
  const odd = { type: "constructor" } as unknown as Filters;
  assert.deepEqual(unsupportedFilters(naver, odd), ["type"]);
});

Deno.test("filterTable has a row for each filter and tells what every engine has", () => {
  const rows = filterTable(fixtureEngines);
  assert.deepEqual(rows.map(({ filter }) => filter), [
    "type",
    "size",
    "colour",
    "licence",
    "date",
    "language",
  ]);
  const row = (name: string) => rows.find(({ filter }) => filter === name)!;
  assert.equal(row("type").google, "photo, face, clipart, drawing, animated");
  assert.equal(row("type").naver, "-");
  assert.equal(row("date").openverse, "-");
  assert.equal(row("colour").bing, "12 values");
  assert.equal(row("language").google, "any");
  assert.equal(row("language").bing, "any with a country: ko-KR");
  assert.equal(row("language").naver, "ko, ko-KR");
  for (const engine of fixtureEngines) assert.ok(rows.every((row) => row[engine.name]));
});
