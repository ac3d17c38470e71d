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

const name = "bing";
const pageSize = 35;
const typeFilters = { photo: "+filterui:photo-photo", face: "+filterui:face-face" } as const;

/**
 * Bing's image search as its own page asks for more results: a fragment of HTML whose
 * `a.iusc` carry JSON in the attribute `m` (murl: picture, turl: thumbnail, purl: page). After the
 * last page Bing repeats results, so the end is where a page begins as the one before.
 */
export function bing({ endpoint = "https://www.bing.com" }: EngineOptions = {}): Engine {
  return {
    name,
    async *search({ keyword, filters }, { firstPage, fetch }) {
      let last: string | undefined;
      for (let number = firstPage;; number++) {
        const url = urlBelow(endpoint, "/images/async", {
          q: keyword,
          async: 1,
          first: number * pageSize + 1,
          count: pageSize,
          qft: filters?.type && typeFilters[filters.type],
        });
        const candidates = read(await fetch(url), number);
        const newest = candidates.at(-1)?.url;
        if (newest === undefined || newest === last) return;
        last = newest;
        yield { number, candidates };
      }
    },
  };
}

function read(answer: TextAnswer, page: number): Candidate[] {
  refuseBlocks(name, answer);
  if (answer.location) {
    const { host, pathname } = answer.location;
    const captcha = /captcha|challenge/i.test(host + pathname);
    throw new EngineError(name, captcha ? "captcha" : "blocked", `redirected to ${host}`);
  }
  const $ = load(answer.text);
  const candidates = $("a.iusc[m]").toArray().flatMap((element): Candidate[] => {
    const link = $(element);
    const data = parsed(link.attr("m"));
    const url = httpUrl(data?.murl);
    if (!data || !url) return [];
    const item = link.closest("li");
    const [, width, height] = /(\d+)\s*[x×]\s*(\d+)/.exec(item.find(".imgpt span").text()) ?? [];
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
  if (candidates.length > 0 || page > 0) return candidates;
  if ($('[class*="captcha"], [id*="captcha"], [id*="challenge"]').length > 0) {
    throw new EngineError(name, "captcha", "asked to prove that no robot is searching");
  }
  if (/no results|there are no/i.test($("body").text())) return [];
  throw new EngineError(name, "format-changed", "the page has no a.iusc with data");
}

function parsed(json: string | undefined): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json ?? "");
    return value !== null && typeof value === "object" ? value as Record<string, unknown> : null;
  } catch {
    return null; // one broken entry does not spoil a page; a page without any is reported
  }
}
