import { escapeHtml, htmlResponse, type Listing, type Search, wholeNumber } from "./listing.ts";

const mostPageLength = 50;

/**
 * The programming interface of Wikimedia Commons: `/w/api.php` with a search as generator and
 * imageinfo as property. As the real one it refuses who does not say who they are, and names the
 * results by page number, with the order beside it.
 */
export function wikimediaAnswer(request: Request, search: Search): Response | null {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname !== "/w/api.php") return null;
  if (!/^[^\s/]+\/\d/.test(request.headers.get("user-agent") ?? "")) {
    return htmlResponse("Please set a user agent: name/version (contact).", { status: 403 });
  }
  const words = (searchParams.get("gsrsearch") ?? "").split(" ");
  const keyword = words.filter((word) => !/^[a-z]+:/.test(word)).join(" ");
  const publicDomainOnly = words.includes("haslicense:unrestricted");
  const first = wholeNumber(searchParams, "gsroffset", 0);
  const count = Math.min(mostPageLength, wholeNumber(searchParams, "gsrlimit", 10)) || 1;
  const listings = search(keyword).filter(({ licence }) =>
    licence && (!publicDomainOnly || licence.name.startsWith("CC0"))
  );
  const page = listings.slice(first, first + count);
  if (page.length === 0) return Response.json({ batchcomplete: "" });
  return Response.json({
    batchcomplete: "",
    ...(first + count < listings.length
      ? { continue: { gsroffset: first + count, continue: "gsroffset||" } }
      : {}),
    query: {
      pages: Object.fromEntries(page.map((listing, index) => {
        const pageId = Number(listing.thumbnailId.replace(/\D/g, "")) + 1000;
        return [pageId, { pageid: pageId, ns: 6, ...result(listing, first + index + 1) }];
      })),
    },
  });
}

function result(listing: Listing, index: number) {
  const { name, url, author } = listing.licence!;
  return {
    title: `File:${listing.title}.${listing.format}`,
    index,
    imageinfo: [{
      url: listing.url,
      thumburl: listing.thumbnailUrl,
      descriptionurl: listing.pageUrl,
      width: listing.width,
      height: listing.height,
      mime: `image/${listing.format}`,
      extmetadata: {
        ObjectName: { value: escapeHtml(listing.title) },
        Artist: { value: `<a href="${escapeHtml(listing.pageUrl)}">${escapeHtml(author)}</a>` },
        LicenseShortName: { value: name },
        LicenseUrl: { value: url },
      },
    }],
  };
}
