import { escapeHtml, htmlResponse, type Listing, type Search, wholeNumber } from "./listing.ts";

/** Results on a page, and the number of pages after which Google gives no more. */
const pageLength = 10;
const maximumPages = 50;

/**
 * Google's image search without JavaScript: `/search` or `/wml/search` with `tbm=isch`, `q` and
 * `start`. Every result is a link to `/imgres?` whose query holds imgurl, imgrefurl, w, h and tbnid.
 */
export function googleAnswer(request: Request, search: Search): Response | null {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === "/sorry/index") return sorryPage();
  const isSearch = pathname === "/search" || pathname === "/wml/search";
  if (!isSearch || searchParams.get("tbm") !== "isch") return null;
  const keyword = searchParams.get("q") ?? "";
  const start = wholeNumber(searchParams, "start", 0);
  const listings = start < pageLength * maximumPages ? search(keyword) : [];
  return htmlResponse(resultPage(keyword, listings.slice(start, start + pageLength)));
}

function resultPage(keyword: string, listings: readonly Listing[]): string {
  const query = escapeHtml(keyword);
  const results = listings.length > 0
    ? `<table class="GpQGbf">${
      listings.map((listing) => result(listing, keyword)).join("\n")
    }</table>`
    : `<div class="card"><p>Your search - <b>${query}</b> - did not match any image results.</p>
<p>Suggestions:</p><ul><li>Make sure all words are spelled correctly.</li>
<li>Try different keywords.</li></ul></div>`;
  return `<!DOCTYPE html>
<html lang="ko"><head><meta charset="UTF-8"><title>${query} - Google Search</title>
<style>${style}</style></head><body>
<form action="/search"><input name="q" value="${query}"><input type="hidden" name="tbm" value="isch">
</form><div id="main">
${results}
</div><footer><a href="/preferences?hl=ko">Settings</a> <a href="/advanced_search">Advanced</a>
</footer></body></html>`;
}

function result(listing: Listing, keyword: string): string {
  const parameters = new URLSearchParams({
    imgurl: listing.url,
    imgrefurl: listing.pageUrl,
    h: String(listing.height),
    w: String(listing.width),
    tbnid: listing.thumbnailId,
    q: keyword,
    tbm: "isch",
  });
  return `<tr><td class="e3goi"><a href="/imgres?${escapeHtml(parameters.toString())}">` +
    `<img class="DS1iW" alt="" src="${escapeHtml(listing.thumbnailUrl)}"></a></td>` +
    `<td><a href="${escapeHtml(listing.pageUrl)}"><span class="fYyStc">` +
    `${escapeHtml(listing.title)}</span><span class="F9iS2e">${escapeHtml(listing.host)}</span>` +
    `</a></td></tr>`;
}

/** The page that a captcha's redirect leads to: short, and it names its own path. */
function sorryPage(): Response {
  return htmlResponse(
    `<html><body><form action="/sorry/index" method="post">Our systems have detected unusual ` +
      `traffic from your computer network.</form></body></html>`,
    { status: 429 },
  );
}

/** Real pages carry their style sheet with them: a page without results is still a long page. */
const style = Array.from(
  { length: 40 },
  (_, index) => `.g${index}{margin:${index}px;padding:0 ${index}px;color:#1f1f1f;line-height:1.4}`,
).join("");
