import { captcha, type Engine, EngineError, type EngineOptions, type Listing } from "../engine.ts";
import { under } from "../filters.ts";
import { type PageContent, pagedEngine } from "../paged_engine.ts";
import { htmlPage, httpUrl, pixels, plainText, urlBelow } from "../reading.ts";
import type { TextAnswer } from "../search_client.ts";

const name = "google";
const pageSize = 10;

/**
 * Google's image search in the plain HTML that it gives to readers without JavaScript. Every result
 * is a link to `/imgres?imgurl=…&imgrefurl=…&w=…&h=…&tbnid=…`.
 */
export function google({ endpoint = "https://www.google.com" }: EngineOptions = {}): Engine {
  return pagedEngine({
    name,
    filters: {
      type: under("tbs", {
        photo: "itp:photo",
        face: "itp:face",
        clipart: "itp:clipart",
        drawing: "itp:lineart",
        animated: "itp:animated",
      }),
      size: under("tbs", { small: "isz:i", medium: "isz:m", large: "isz:l" }),
      colour: under("tbs", {
        "any-colour": "ic:color",
        grey: "ic:gray",
        ...Object.fromEntries(
          hues.map((hue) => [hue, `ic:specific,isc:${hue}`]),
        ) as Record<typeof hues[number], string>,
      }),
      licence: under("tbs", {
        open: "sur:f",
        commercial: "sur:fc",
        modify: "sur:fm",
        "modify-commercial": "sur:fmc",
      }),
      date: under("tbs", { day: "qdr:d", week: "qdr:w", month: "qdr:m", year: "qdr:y" }),
      language: (tag) => ({ lr: `lang_${tag.split("-", 1)[0]}` }),
    },
    pageSize,
    mostPages: 50,
    request: ({ keyword, number, filters }) => ({
      url: urlBelow(endpoint, "/search", {
        q: keyword,
        tbm: "isch",
        hl: "en",
        ie: "utf8",
        oe: "utf8",
        start: number * pageSize,
        ...filters,
      }),
      headers: { cookie: "CONSENT=YES+" },
    }),
    refuse,
    read,
  });
}

const hues = [
  "red",
  "orange",
  "yellow",
  "green",
  "blue",
  "purple",
  "pink",
  "brown",
  "black",
  "white",
] as const;

function refuse({ location, text, retryAfter }: TextAnswer): void {
  const target = location?.href ?? "";
  if (/\/sorry\b|\/\/sorry\./.test(target) || (text.length < 2000 && /\/sorry\//.test(text))) {
    throw captcha(name, { retryAfter });
  }
}

function read(answer: TextAnswer, page: number): PageContent {
  const $ = htmlPage(name, answer.text);
  // The title is not in the link to the picture but in another one, to the page that shows it.
  const titles = new Map(
    $("a[href]").toArray().map((element) => {
      const text = $(element).find("span").first().text() || $(element).text();
      return [httpUrl($(element).attr("href")), plainText(text)];
    }),
  );
  const listings = $('a[href*="/imgres?"]').toArray().flatMap((element): Listing[] => {
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
  if (listings.length > 0) return { listings };
  if (/consent\.google/.test(answer.text) && $("form").length > 0) {
    throw new EngineError(name, "consent", "shows a consent page");
  }
  if (page > 0 || /did not match any/.test($("body").text())) return { listings: [] };
  throw new EngineError(name, "format-changed", "the page has no link to /imgres");
}
