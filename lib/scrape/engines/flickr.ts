import { type Engine, EngineError, type EngineOptions } from "../engine.ts";
import { under } from "../filters.ts";
import { type PageContent, pagedEngine } from "../paged_engine.ts";
import {
  fieldsOf,
  httpUrl,
  jsonFields,
  listingsOf,
  pixels,
  plainText,
  urlBelow,
} from "../reading.ts";
import type { TextAnswer } from "../search_client.ts";

const name = "flickr";
const pageSize = 100;

/**
 * Flickr's public programming interface, which asks for a key of one's own. The largest size that the
 * owner gives away is taken.
 *
 * @throws TypeError without a key
 */
export function flickr(
  { key, endpoint = "https://api.flickr.com" }: EngineOptions & { readonly key: string },
): Engine {
  if (!key) throw new TypeError("Flickr asks for a key: flickr({ key })");
  return pagedEngine({
    name,
    filters: {
      type: under("content_types", { photo: "0" }),
      licence: under("license", {
        open: "1,2,3,4,5,6,7,8,9,10",
        commercial: "4,5,6,7,8,9,10",
        modify: "1,2,4,5,7,8,9,10",
        "modify-commercial": "4,5,7,8,9,10",
        "public-domain": "7,8,9,10",
      }),
    },
    pageSize,
    mostPages: 40, // of 4,000 results; later pages repeat them
    request: ({ keyword, number, filters }) => ({
      url: urlBelow(endpoint, "/services/rest/", {
        method: "flickr.photos.search",
        api_key: key,
        text: keyword,
        media: "photos",
        safe_search: 1,
        extras: ["license", "owner_name", ...sizes.map((size) => `url_${size}`), "url_q"].join(),
        per_page: pageSize,
        page: number + 1,
        format: "json",
        nojsoncallback: 1,
        ...filters,
      }),
    }),
    read,
  });
}

/** Flickr's names of its sizes, from the original downwards. */
const sizes = ["o", "l", "c", "z"] as const;

function read({ text }: TextAnswer, number: number): PageContent {
  const { stat, code, message, photos } = jsonFields(name, text);
  if (stat !== "ok") {
    const reason = code === 100 ? "key" : code === 105 || code === 106 ? "blocked" : null;
    throw new EngineError(
      name,
      reason ?? "format-changed",
      `answered ${plainText(message)?.slice(0, 80) ?? "without a status"}`,
    );
  }
  const { photo, pages } = fieldsOf(photos);
  return {
    last: typeof pages === "number" && number + 1 >= pages,
    listings: listingsOf(name, photo, (entry) => {
      const size = sizes.find((size) => httpUrl(entry[`url_${size}`]));
      if (!size) return { url: null };
      const [licence, licenceUrl] = licences[String(entry.license)] ?? [null, null];
      const owner = plainText(entry.owner);
      const id = plainText(entry.id);
      return {
        url: httpUrl(entry[`url_${size}`]),
        pageUrl: owner && id
          ? httpUrl(
            `https://www.flickr.com/photos/${encodeURIComponent(owner)}/${encodeURIComponent(id)}`,
          )
          : null,
        thumbnailUrl: httpUrl(entry.url_q),
        title: plainText(entry.title),
        author: plainText(entry.ownername),
        licence,
        licenceUrl,
        width: pixels(entry[`width_${size}`]),
        height: pixels(entry[`height_${size}`]),
      };
    }),
  };
}

const creativeCommons = (terms: string) =>
  [`CC ${terms.toUpperCase()} 2.0`, `https://creativecommons.org/licenses/${terms}/2.0/`] as const;

/** Flickr's numbers of licences. */
const licences: Readonly<Record<string, readonly [name: string, url: string | null]>> = {
  0: ["All rights reserved", null],
  1: creativeCommons("by-nc-sa"),
  2: creativeCommons("by-nc"),
  3: creativeCommons("by-nc-nd"),
  4: creativeCommons("by"),
  5: creativeCommons("by-sa"),
  6: creativeCommons("by-nd"),
  7: ["No known copyright restrictions", "https://www.flickr.com/commons/usage/"],
  8: ["United States government work", "https://www.usa.gov/government-works"],
  9: ["CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"],
  10: ["Public Domain Mark 1.0", "https://creativecommons.org/publicdomain/mark/1.0/"],
};
