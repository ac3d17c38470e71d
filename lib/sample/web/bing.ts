import { escapeHtml, htmlResponse, type Listing, type Search, wholeNumber } from "./listing.ts";

const maximumCount = 35;

/**
 * Bing's image search as the page itself loads it: `/images/async` with `q`, `first` (from 1),
 * `count` and `qft`. Every result is an `a.iusc` whose attribute `m` is JSON with murl, purl, turl
 * and desc. Past its end the engine repeats its last results. `qft=+filterui:license-...` leaves
 * the pictures under an open licence.
 */
export function bingAnswer(request: Request, search: Search): Response | null {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname !== "/images/async") return null;
  const keyword = searchParams.get("q") ?? "";
  const count = Math.min(maximumCount, wholeNumber(searchParams, "count", maximumCount)) || 1;
  const licensedOnly = /filterui:license-L/.test(searchParams.get("qft") ?? "");
  const listings = search(keyword).filter(({ licence }) => licence || !licensedOnly);
  const wanted = Math.max(1, wholeNumber(searchParams, "first", 1)) - 1;
  const first = wanted < listings.length ? wanted : Math.max(0, listings.length - count);
  return htmlResponse(resultList(keyword, listings.slice(first, first + count), first));
}

function resultList(keyword: string, listings: readonly Listing[], first: number): string {
  if (listings.length === 0) {
    return `<div id="b_content"><div class="b_no"><h1>There are no results for <strong>` +
      `${escapeHtml(keyword)}</strong></h1><ul><li>Check your spelling or try different keywords` +
      `</li></ul></div></div>`;
  }
  const items = listings.map((listing, index) => result(listing, first + index + 1));
  return `<div id="mmComponent_images_1" class="dgControl hover" data-nexturl="/images/async?q=` +
    `${escapeHtml(encodeURIComponent(keyword))}&amp;first=${first + listings.length + 1}">
<ul class="dgControl_list">
${items.join("\n")}
</ul></div>`;
}

function result(listing: Listing, position: number): string {
  const data = {
    cid: listing.thumbnailId,
    purl: listing.pageUrl,
    murl: listing.url,
    turl: listing.thumbnailUrl,
    mid: listing.thumbnailId,
    t: listing.title,
    desc: `${listing.title} (${listing.host})`,
  };
  const detail = `/images/search?view=detailV2&amp;id=${listing.thumbnailId}`;
  return `<li data-idx="${position}"><div class="iuscp varh"><div class="imgpt">` +
    `<a class="iusc" m="${escapeHtml(JSON.stringify(data))}" href="${detail}">` +
    `<img class="mimg" src="${escapeHtml(listing.thumbnailUrl)}" alt=""></a>` +
    `<div class="img_info hon"><span class="nowrap">` +
    `${listing.width} × ${listing.height} · ${listing.format}</span>` +
    `<div class="lnkw"><a href="${escapeHtml(listing.pageUrl)}">${escapeHtml(listing.host)}</a>` +
    `</div></div></div><div class="infopt"><div class="infnmpt"><ul class="b_dataList"><li>` +
    `<a href="${escapeHtml(listing.pageUrl)}">${escapeHtml(listing.title)}</a></li></ul></div>` +
    `</div></div></li>`;
}
