import { captcha, type Engine, EngineError, type EngineOptions, type Listing } from "../engine.ts";
import { under } from "../filters.ts";
import { type PageContent, pagedEngine } from "../paged_engine.ts";
import {
  type Fields,
  fieldsOf,
  htmlPage,
  httpUrl,
  pixels,
  plainText,
  urlBelow,
} from "../reading.ts";
import type { TextAnswer } from "../search_client.ts";

const name = "bing";
const pageSize = 35;

/**
 * Bing's image search as its own page asks for more results: a fragment of HTML whose
 * `a.iusc` carry JSON in the attribute `m` (murl: picture, turl: thumbnail, purl: page). After the
 * last page Bing repeats results.
 */
export function bing({ endpoint = "https://www.bing.com" }: EngineOptions = {}): Engine {
  return pagedEngine({
    name,
    filters: {
      type: qft({
        photo: "photo-photo",
        face: "face-face",
        portrait: "face-portrait",
        clipart: "photo-clipart",
        drawing: "photo-linedrawing",
        animated: "photo-animatedgif",
      }),
      size: qft({
        small: "imagesize-small",
        medium: "imagesize-medium",
        large: "imagesize-large",
        huge: "imagesize-wallpaper",
      }),
      colour: qft({
        "any-colour": "color2-color",
        grey: "color2-bw",
        red: "color2-FGcls_RED",
        orange: "color2-FGcls_ORANGE",
        yellow: "color2-FGcls_YELLOW",
        green: "color2-FGcls_GREEN",
        blue: "color2-FGcls_BLUE",
        purple: "color2-FGcls_PURPLE",
        pink: "color2-FGcls_PINK",
        brown: "color2-FGcls_BROWN",
        black: "color2-FGcls_BLACK",
        white: "color2-FGcls_WHITE",
      }),
      licence: qft({
        open: "license-type-any",
        commercial: "license-L2_L3_L4",
        modify: "license-L2_L3_L5_L6",
        "modify-commercial": "license-L2_L3",
        "public-domain": "license-L1",
      }),
      // Minutes.
      date: qft({
        day: "age-lt1440",
        week: "age-lt10080",
        month: "age-lt43200",
        year: "age-lt525600",
      }),
      language: (tag) => /^[a-z]{2,3}-[A-Z]{2}$/.test(tag) ? { mkt: tag } : null,
    },
    separator: "",
    pageSize,
    request: ({ keyword, number, filters }) => ({
      url: urlBelow(endpoint, "/images/async", {
        q: keyword,
        async: 1,
        first: number * pageSize + 1,
        count: pageSize,
        ...filters,
      }),
    }),
    read,
  });
}

function qft<Value extends string>(words: Readonly<Record<Value, string>>) {
  return under(
    "qft",
    Object.fromEntries(
      Object.entries<string>(words).map(([value, word]) => [value, `+filterui:${word}`]),
    ) as Record<Value, string>,
  );
}

function read(answer: TextAnswer, page: number): PageContent {
  const $ = htmlPage(name, answer.text);
  const listings = $("a.iusc[m]").toArray().flatMap((element): Listing[] => {
    const link = $(element);
    const data = parsed(link.attr("m"));
    const url = httpUrl(data.murl);
    if (!url) return [];
    const item = link.closest("li");
    const [, width, height] =
      /(\d{1,6})\s{0,3}[x×]\s{0,3}(\d{1,6})/.exec(item.find(".imgpt span").text()) ?? [];
    return [{
      url,
      pageUrl: httpUrl(data.purl),
      thumbnailUrl: httpUrl(data.turl),
      title: plainText(item.find(".infnmpt a").first().text()) ?? plainText(data.t) ??
        plainText(data.desc),
      width: pixels(width),
      height: pixels(height),
    }];
  });
  if (listings.length > 0) return { listings };
  if ($('[class*="captcha"], [id*="captcha"], [id*="challenge"]').length > 0) {
    throw captcha(name);
  }
  if (page > 0 || /no results|there are no/i.test($("body").text())) return { listings: [] };
  throw new EngineError(name, "format-changed", "the page has no a.iusc with data");
}

function parsed(json: string | undefined): Fields {
  try {
    return fieldsOf(JSON.parse(json ?? ""));
  } catch {
    return {}; // one broken entry does not spoil a page; a page without any is reported
  }
}
