import { captcha, type Engine, EngineError, type EngineOptions } from "../engine.ts";
import { under } from "../filters.ts";
import { javascriptValue } from "../javascript_value.ts";
import { type PageContent, pagedEngine } from "../paged_engine.ts";
import { fieldsOf, htmlPage, htmlText, httpUrl, listingsOf, pixels, urlBelow } from "../reading.ts";
import type { TextAnswer } from "../search_client.ts";

const name = "naver";
const pageSize = 50;

/**
 * The image search of Naver, Korea's own engine: a page whose script gives the results to a variable
 * as a JavaScript object. It is read, never run.
 */
export function naver({ endpoint = "https://search.naver.com" }: EngineOptions = {}): Engine {
  return pagedEngine({
    name,
    filters: {
      licence: { commercial: { ccl: "2" } },
      date: under("nso", { day: "p:1d", week: "p:1w", month: "p:1m", year: "p:1y" }),
      language: { ko: {}, "ko-KR": {} },
    },
    pageSize,
    request: ({ keyword, number, filters }) => ({
      url: urlBelow(endpoint, "/search.naver", {
        where: "image",
        query: keyword,
        start: number * pageSize + 1,
        ...filters,
      }),
    }),
    read,
  });
}

function read({ text }: TextAnswer): PageContent {
  const $ = htmlPage(name, text);
  const script = $("script").toArray().map((element) => $(element).text())
    .find((source) => variable.test(source));
  if (script === undefined) {
    if ($(".not_found02, .not_found").length > 0) return { listings: [] };
    if ($('[id*="captcha"], [class*="captcha"]').length > 0) {
      throw captcha(name);
    }
    throw new EngineError(name, "format-changed", "the page has no imageSearchTabData");
  }
  const { items } = fieldsOf(fieldsOf(value(script.replace(variable, ""))).content);
  const pictures = Array.isArray(items)
    ? items.filter((item) => (fieldsOf(item).type ?? "image") === "image")
    : items;
  return {
    listings: listingsOf(name, pictures, (item) => ({
      url: httpUrl(item.originalUrl),
      pageUrl: httpUrl(item.link),
      thumbnailUrl: httpUrl(item.thumb),
      title: htmlText(item.title),
      width: pixels(item.orgWidth),
      height: pixels(item.orgHeight),
    })),
  };
}

const variable = /^[^]*?imageSearchTabData\s*=\s*/;

function value(literal: string): unknown {
  try {
    return javascriptValue(literal);
  } catch (error) {
    throw new EngineError(name, "format-changed", "imageSearchTabData is no plain object", {
      cause: error,
    });
  }
}
