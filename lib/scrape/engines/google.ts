import { load } from "cheerio";
import {
  type Candidate,
  type Engine,
  EngineError,
  type EngineOptions,
  httpUrl,
  pixels,
  plainText,
  refuseBlocks,
  urlBelow,
} from "../engine.ts";
import type { TextAnswer } from "../search_client.ts";

const name = "google";
const pageSize = 10;
const mostPages = 50;

/**
 * Google's image search in the plain HTML that it gives to readers without JavaScript. Every result
 * is a link to `/imgres?imgurl=…&imgrefurl=…&w=…&h=…&tbnid=…`.
 */
export function google({ endpoint = "https://www.google.com" }: EngineOptions = {}): Engine {
  return {
    name,
    async *search({ keyword, filters }, { firstPage, fetch }) {
      for (let number = firstPage; number < mostPages; number++) {
        const url = urlBelow(endpoint, "/search", {
          q: keyword,
          tbm: "isch",
          hl: "en",
          ie: "utf8",
          oe: "utf8",
          start: number * pageSize,
          tbs: filters?.type && `itp:${filters.type}`,
        });
        const answer = await fetch(url, { headers: { cookie: "CONSENT=YES+" } });
        const candidates = read(answer, number);
        if (candidates.length === 0) return;
        yield { number, candidates };
      }
    },
  };
}

function read(answer: TextAnswer, page: number): Candidate[] {
  const target = answer.location?.href ?? "";
  if (/\/\/consent\./.test(target)) {
    throw new EngineError(name, "consent", `redirected to ${answer.location!.host}`);
  }
  if (
    /\/sorry\b|\/\/sorry\./.test(target) ||
    (answer.text.length < 2000 && /\/sorry\//.test(answer.text))
  ) {
    throw new EngineError(name, "captcha", "asked to prove that no robot is searching");
  }
  refuseBlocks(name, answer);
  if (answer.location) {
    throw new EngineError(name, "blocked", `redirected to ${answer.location.host}`);
  }
  const $ = load(answer.text);
  // The title is not in the link to the picture but in another one, to the page that shows it.
  const titles = new Map(
    $("a[href]").toArray().map((element) => {
      const text = $(element).find("span").first().text() || $(element).text();
      return [httpUrl($(element).attr("href")), plainText(text)];
    }),
  );
  const candidates = $('a[href*="/imgres?"]').toArray().flatMap((element): Candidate[] => {
    const link = $(element);
    const target = link.attr("href") ?? "";
    if (!URL.canParse(target, answer.url)) return [];
    const { searchParams } = new URL(target, answer.url);
    const url = httpUrl(searchParams.get("imgurl"));
    if (!url) return [];
    const thumbnail = searchParams.get("tbnid");
    const pageUrl = httpUrl(searchParams.get("imgrefurl"));
    return [{
      url,
      pageUrl,
      thumbnailUrl: httpUrl(link.find("img").attr("src")) ??
        (thumbnail
          ? `https://encrypted-tbn0.gstatic.com/images?q=tbn:${encodeURIComponent(thumbnail)}`
          : null),
      title: plainText(link.text()) ?? (pageUrl ? titles.get(pageUrl) ?? null : null),
      width: pixels(searchParams.get("w")),
      height: pixels(searchParams.get("h")),
    }];
  });
  if (candidates.length > 0 || page > 0) return candidates;
  if (/consent\.google/.test(answer.text) && $("form").length > 0) {
    throw new EngineError(name, "consent", "shows a consent page");
  }
  if (/did not match any/.test($("body").text())) return [];
  throw new EngineError(name, "format-changed", "the page has no link to /imgres");
}
