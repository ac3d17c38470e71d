import { captcha, type Engine, EngineError, type EngineOptions } from "../engine.ts";
import { under } from "../filters.ts";
import { type PageContent, pagedEngine } from "../paged_engine.ts";
import { httpUrl, jsonFields, listingsOf, pixels, plainText, urlBelow } from "../reading.ts";
import type { TextAnswer } from "../search_client.ts";

const name = "duckduckgo";
const pageSize = 100;

/**
 * DuckDuckGo's image search: the search page hands out a token (vqd) for the keyword, and `/i.js`
 * answers JSON to whoever brings it, with the search page as its referrer and the same user agent.
 */
export function duckduckgo({ endpoint = "https://duckduckgo.com" }: EngineOptions = {}): Engine {
  const home = urlBelow(endpoint, "/").href;
  return pagedEngine({
    name,
    filters: {
      type: under("f", {
        photo: "type:photo",
        clipart: "type:clipart",
        drawing: "type:line",
        animated: "type:gif",
      }),
      size: under("f", {
        small: "size:Small",
        medium: "size:Medium",
        large: "size:Large",
        huge: "size:Wallpaper",
      }),
      colour: under("f", {
        "any-colour": "color:color",
        grey: "color:Monochrome",
        red: "color:Red",
        orange: "color:Orange",
        yellow: "color:Yellow",
        green: "color:Green",
        blue: "color:Blue",
        purple: "color:Purple",
        pink: "color:Pink",
        brown: "color:Brown",
        black: "color:Black",
        white: "color:White",
      }),
      licence: under("f", {
        open: "license:Any",
        commercial: "license:ShareCommercially",
        modify: "license:Modify",
        "modify-commercial": "license:ModifyCommercially",
        "public-domain": "license:Public",
      }),
      date: under("f", {
        day: "time:Day",
        week: "time:Week",
        month: "time:Month",
        year: "time:Year",
      }),
      language: under("l", {
        "ko-KR": "kr-kr",
        "ja-JP": "jp-jp",
        "zh-CN": "cn-zh",
        "zh-TW": "tw-tzh",
        "en-US": "us-en",
        "en-GB": "uk-en",
        "de-DE": "de-de",
        "fr-FR": "fr-fr",
        "es-ES": "es-es",
      }),
    },
    pageSize,
    start: async (keyword, fetch) =>
      token(await fetch(urlBelow(endpoint, "/", { q: keyword, iar: "images" }))),
    request: ({ keyword, number, filters, session: vqd }) => ({
      url: urlBelow(endpoint, "/i.js", {
        o: "json",
        q: keyword,
        l: "wt-wt",
        vqd,
        p: 1,
        s: number === 0 ? undefined : number * pageSize,
        ...filters,
      }),
      headers: { referer: home },
    }),
    refuse,
    read,
  });
}

function refuse({ text }: TextAnswer): void {
  if (!text.startsWith("{") && /anomaly-modal|anomaly\.js/.test(text)) {
    throw captcha(name);
  }
}

function token({ text }: TextAnswer): string {
  const [, quoted, bare] = /\bvqd=(?:["']([\w-]+)["']|([\d-]+))/.exec(text) ?? [];
  const vqd = quoted ?? bare;
  if (!vqd) throw new EngineError(name, "format-changed", "the search page has no vqd");
  return vqd;
}

function read({ text }: TextAnswer): PageContent {
  const { results, next } = jsonFields(name, text);
  return {
    last: typeof next !== "string",
    listings: listingsOf(name, results, (result) => ({
      url: httpUrl(result.image),
      pageUrl: httpUrl(result.url),
      thumbnailUrl: httpUrl(result.thumbnail),
      title: plainText(result.title),
      width: pixels(result.width),
      height: pixels(result.height),
    })),
  };
}
