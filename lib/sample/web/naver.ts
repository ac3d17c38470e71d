import { escapeHtml, htmlResponse, type Listing, type Search, wholeNumber } from "./listing.ts";

const pageLength = 50;

/**
 * Naver's image search: `/search.naver` with `where=image`, `query` and `start` (from 1). The page's
 * script gives the results to a variable as a JavaScript object, advertisements among them. `ccl`
 * leaves pictures under an open licence.
 */
export function naverAnswer(request: Request, search: Search): Response | null {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname !== "/search.naver" || searchParams.get("where") !== "image") return null;
  const keyword = searchParams.get("query") ?? "";
  const first = Math.max(1, wholeNumber(searchParams, "start", 1)) - 1;
  const openOnly = Number(searchParams.get("ccl") ?? 0) > 0;
  const listings = search(keyword).filter(({ licence }) => licence || !openOnly)
    .slice(first, first + pageLength);
  const query = escapeHtml(keyword);
  const content = listings.length > 0
    ? `<script>var imageSearchTabData = ${
      literal({
        query: keyword,
        shopAd: { items: null },
        content: { total: search(keyword).length, start: first + 1, items: items(listings) },
      })
    };</script>`
    : `<div class="not_found02"><p>'<em>${query}</em>'에 대한 검색결과가 없습니다.</p></div>`;
  return htmlResponse(
    `<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>${query} : 네이버 이미지검색` +
      `</title></head><body><div id="main_pack">${content}</div></body></html>`,
  );
}

function items(listings: readonly Listing[]) {
  const pictures = listings.map((listing) => ({
    type: "image",
    title: listing.title.replaceAll("&", "&amp;").replaceAll("<", "&lt;"),
    originalUrl: listing.url,
    thumb: listing.thumbnailUrl,
    link: listing.pageUrl,
    source: listing.host,
    orgWidth: String(listing.width),
    orgHeight: String(listing.height),
  }));
  return [...pictures, { type: "shopAd", title: "광고" }];
}

/** A value as JavaScript has it: names without quotes, and nothing that would end the script. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(",")}]`;
  if (value !== null && typeof value === "object") {
    return `{${
      Object.entries(value).map(([name, field]) => `${name}:${literal(field)}`).join(",")
    }}`;
  }
  return JSON.stringify(value).replaceAll("<", "\\x3c").replaceAll("&", "\\u0026");
}
