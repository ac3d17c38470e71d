import { type Engine, EngineError, type EngineOptions } from "../engine.ts";
import { under } from "../filters.ts";
import { type PageContent, pagedEngine } from "../paged_engine.ts";
import {
  fieldsOf,
  htmlText,
  httpUrl,
  jsonFields,
  listingsOf,
  pixels,
  plainText,
  urlBelow,
} from "../reading.ts";
import type { TextAnswer } from "../search_client.ts";

const name = "wikimedia";
const pageSize = 50;

/**
 * Wikimedia Commons through its public programming interface: every picture is under an open licence
 * and comes with licence and author. Wikimedia asks for a user agent with name, version and contact,
 * and refuses others: give the crawl a contact.
 */
export function wikimedia(
  { endpoint = "https://commons.wikimedia.org" }: EngineOptions = {},
): Engine {
  return pagedEngine({
    name,
    filters: {
      type: under("search", { animated: "filemime:gif" }),
      // Square root of the number of pixels.
      size: under("search", {
        small: "fileres:<500",
        medium: "fileres:500,1500",
        large: "fileres:>1500",
        huge: "fileres:>3000",
      }),
      licence: {
        // Commons takes only pictures that everybody may use and change for any purpose.
        open: {},
        commercial: {},
        modify: {},
        "modify-commercial": {},
        "public-domain": { search: "haslicense:unrestricted" },
      },
    },
    separator: " ",
    pageSize,
    request: ({ keyword, number, filters: { search } }) => ({
      url: urlBelow(endpoint, "/w/api.php", {
        action: "query",
        format: "json",
        generator: "search",
        gsrnamespace: 6,
        gsrsearch: ["filetype:bitmap", search, keyword].filter(Boolean).join(" "),
        gsrlimit: pageSize,
        gsroffset: number * pageSize,
        prop: "imageinfo",
        iiprop: "url|size|mime|extmetadata",
        iiextmetadatafilter: "LicenseShortName|LicenseUrl|Artist|ObjectName",
        iiurlheight: 180,
      }),
    }),
    read,
  });
}

function read({ text, retryAfter }: TextAnswer): PageContent {
  const answer = jsonFields(name, text);
  if (answer.error !== undefined) {
    const { code } = fieldsOf(answer.error);
    const busy = code === "ratelimited" || code === "maxlag";
    throw new EngineError(
      name,
      busy ? "blocked" : "format-changed",
      `answered with the error ${String(code).slice(0, 40)}`,
      { retryAfter },
    );
  }
  if (answer.query === undefined && answer.batchcomplete !== undefined) return { listings: [] };
  const { pages } = fieldsOf(answer.query);
  // The pages are named by number; their order is in `index`.
  const found = pages !== null && typeof pages === "object"
    ? Object.values(pages).map(fieldsOf).sort((a, b) => Number(a.index) - Number(b.index))
    : pages;
  return {
    last: answer.continue === undefined,
    listings: listingsOf(name, found, ({ imageinfo, title }) => {
      const [first]: unknown[] = Array.isArray(imageinfo) ? imageinfo : [];
      const info = fieldsOf(first);
      const about = fieldsOf(info.extmetadata);
      const said = (key: string) => fieldsOf(about[key]).value;
      return {
        url: httpUrl(info.url),
        pageUrl: httpUrl(info.descriptionurl),
        thumbnailUrl: httpUrl(info.thumburl),
        title: htmlText(said("ObjectName")) ?? plainText(title)?.replace(/^File:/, "") ?? null,
        author: htmlText(said("Artist")),
        licence: htmlText(said("LicenseShortName")),
        licenceUrl: httpUrl(said("LicenseUrl")),
        width: pixels(info.width),
        height: pixels(info.height),
      };
    }),
  };
}
