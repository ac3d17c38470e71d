import { htmlResponse, type Listing, type Search, wholeNumber } from "./listing.ts";

const maximumCount = 60;

/**
 * Baidu's image search: the front page `/` sets a cookie, `/search/acjson` with `word`, `pn` and
 * `rn` answers JSON to whoever brings it. A result's address is plain in `replaceUrl` and in a
 * substitution cipher in `objURL`. As with the real one, the JSON escapes apostrophes, which JSON
 * does not know, and the list ends with an empty object.
 */
export function baiduAnswer(request: Request, search: Search): Response | null {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === "/") {
    return htmlResponse("<!DOCTYPE html><title>百度图片</title>", {
      headers: { "set-cookie": "BAIDUID=5A4D504C45:FG=1; Path=/; Max-Age=31536000" },
    });
  }
  if (pathname !== "/search/acjson") return null;
  if (!/\bBAIDUID=/.test(request.headers.get("cookie") ?? "")) return spiderAnswer();
  const keyword = searchParams.get("word") ?? searchParams.get("queryWord") ?? "";
  const first = wholeNumber(searchParams, "pn", 0);
  const count = Math.min(maximumCount, wholeNumber(searchParams, "rn", 30));
  const listings = search(keyword);
  const page = listings.slice(first, first + count);
  return jsonResponse({
    queryEnc: encodeURIComponent(keyword),
    queryExt: keyword,
    listNum: listings.length,
    displayNum: listings.length,
    gsm: (first + count).toString(16),
    isNeedAsyncRequest: 0,
    data: [...page.map((listing, index) => result(listing, keyword, first + index)), {}],
  });
}

/** What Baidu says to a visitor whom it takes for a machine. */
export function spiderAnswer(): Response {
  return jsonResponse({ antiFlag: 1, message: "Forbid spider access" });
}

function result(listing: Listing, keyword: string, position: number) {
  return {
    thumbURL: listing.thumbnailUrl,
    middleURL: listing.thumbnailUrl,
    hoverURL: listing.thumbnailUrl,
    objURL: cipher(listing.url),
    fromURL: cipher(listing.pageUrl),
    fromURLHost: listing.host,
    replaceUrl: [{ ObjURL: listing.url, FromURL: listing.pageUrl }],
    fromPageTitle: listing.title.replaceAll(keyword, `<strong>${keyword}</strong>`),
    fromPageTitleEnc: listing.title,
    width: listing.width,
    height: listing.height,
    type: listing.format,
    pageNum: position,
    di: listing.thumbnailId,
  };
}

function jsonResponse(value: unknown): Response {
  return new Response(JSON.stringify(value).replaceAll("'", "\\'"), {
    headers: { "content-type": "application/json; charset=utf-8" },
  });
}

/**
 * Baidu's substitution: a sequence for each of `:`, `.` and `/`, another character for each digit
 * and each letter up to w.
 */
function cipher(url: string): string {
  const sequences: Record<string, string> = { ":": "_z2C$q", ".": "_z&e3B", "/": "AzdH3F" };
  const plain = "abcdefghijklmnopqrstuvw1234567890";
  const coded = "wkv1ju2it3hs4g5rq6fp7eo8dn9cm0bla";
  return [...url].map((character) =>
    sequences[character] ?? coded[plain.indexOf(character)] ?? character
  ).join("");
}
