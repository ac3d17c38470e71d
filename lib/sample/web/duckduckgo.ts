import { escapeHtml, htmlResponse, type Listing, type Search, wholeNumber } from "./listing.ts";

const pageLength = 100;

/**
 * DuckDuckGo's image search: `/` with `q` hands out a token for the keyword, `/i.js` answers JSON to
 * who brings the token and the search page as referrer, and refuses others with 403.
 */
export function duckduckgoAnswer(request: Request, search: Search): Response | null {
  const { pathname, searchParams } = new URL(request.url);
  const keyword = searchParams.get("q") ?? "";
  if (pathname === "/") {
    return htmlResponse(
      `<!DOCTYPE html><title>${escapeHtml(keyword)} at DuckDuckGo</title><script>` +
        `DDG.duckbar.load('images');vqd="${token(keyword)}";</script>`,
    );
  }
  if (pathname !== "/i.js") return null;
  const referrer = request.headers.get("referer") ?? "";
  if (searchParams.get("vqd") !== token(keyword) || !referrer.startsWith("http")) {
    return htmlResponse("Forbidden", { status: 403 });
  }
  const first = wholeNumber(searchParams, "s", 0);
  const openOnly = /license:/.test(searchParams.get("f") ?? "");
  const listings = search(keyword).filter(({ licence }) => licence || !openOnly);
  const page = listings.slice(first, first + pageLength);
  const following = first + pageLength < listings.length
    ? { next: `i.js?q=${encodeURIComponent(keyword)}&o=json&p=1&s=${first + pageLength}` }
    : {};
  return Response.json({ query: keyword, results: page.map(result), ...following });
}

function result(listing: Listing) {
  return {
    image: listing.url,
    thumbnail: listing.thumbnailUrl,
    url: listing.pageUrl,
    title: listing.title,
    width: listing.width,
    height: listing.height,
    source: "Bing",
  };
}

/** As the real one, a token that belongs to the keyword. */
function token(keyword: string): string {
  const sum = Array.from(keyword, (letter) => letter.codePointAt(0)!)
    .reduce((sum, code) => (sum * 31 + code) % 1e15, 7);
  return `4-${sum}`;
}
