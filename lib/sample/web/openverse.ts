import { type Listing, type Search, wholeNumber } from "./listing.ts";

const mostPageLength = 20;

/**
 * Openverse's programming interface: `/v1/images/` with `q`, `page` (from 1) and `page_size`. Every
 * picture comes with licence and creator; `license=cc0,pdm` leaves those that need none.
 */
export function openverseAnswer(request: Request, search: Search): Response | null {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname !== "/v1/images/") return null;
  const page = Math.max(1, wholeNumber(searchParams, "page", 1));
  const pageLength =
    Math.min(mostPageLength, wholeNumber(searchParams, "page_size", mostPageLength)) || 1;
  const wanted = searchParams.get("license")?.split(",") ?? null;
  const listings = search(searchParams.get("q") ?? "").filter(({ licence }) =>
    licence && (!wanted || wanted.includes(codeOf(licence.name)[0]))
  );
  return Response.json({
    result_count: listings.length,
    page_count: Math.ceil(listings.length / pageLength),
    page_size: pageLength,
    page,
    results: listings.slice((page - 1) * pageLength, page * pageLength).map(result),
  });
}

function result(listing: Listing) {
  const { name, url, author } = listing.licence!;
  const [license, license_version] = codeOf(name);
  return {
    id: listing.thumbnailId,
    title: listing.title,
    foreign_landing_url: listing.pageUrl,
    url: listing.url,
    creator: author,
    license,
    license_version,
    license_url: url,
    provider: listing.host,
    attribution: `"${listing.title}" by ${author} is licensed under ${name}.`,
    thumbnail: listing.thumbnailUrl,
    width: listing.width,
    height: listing.height,
    filetype: listing.format,
    mature: false,
  };
}

/** "CC BY-SA 4.0" as "by-sa" and "4.0". */
function codeOf(name: string): [code: string, version: string] {
  const [code = "", version = ""] = name.replace(/^CC /, "").toLowerCase().split(" ");
  return [code, version];
}
