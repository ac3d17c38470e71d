import type { Engine, EngineOptions } from "../engine.ts";
import { under } from "../filters.ts";
import { type PageContent, pagedEngine } from "../paged_engine.ts";
import { httpUrl, jsonFields, listingsOf, pixels, plainText, urlBelow } from "../reading.ts";
import type { TextAnswer } from "../search_client.ts";

const name = "openverse";
const pageSize = 20;

/**
 * Openverse's public programming interface: pictures under open licences from many sources, each
 * with licence and author. Who has no key gets 20 results a page, 12 pages and about 100 answers a
 * day; the results of a page beyond that are refused.
 */
export function openverse({ endpoint = "https://api.openverse.org" }: EngineOptions = {}): Engine {
  return pagedEngine({
    name,
    filters: {
      type: under("category", { photo: "photograph", drawing: "illustration" }),
      size: under("size", { small: "small", medium: "medium", large: "large" }),
      licence: {
        open: {}, // all of them are
        commercial: { license_type: "commercial" },
        modify: { license_type: "modification" },
        "modify-commercial": { license_type: "commercial,modification" },
        "public-domain": { license: "cc0,pdm" },
      },
    },
    pageSize,
    mostPages: 12,
    request: ({ keyword, number, filters }) => ({
      url: urlBelow(endpoint, "/v1/images/", {
        q: keyword,
        page: number + 1,
        page_size: pageSize,
        ...filters,
      }),
      headers: { accept: "application/json" },
    }),
    read,
  });
}

function read({ text }: TextAnswer, number: number): PageContent {
  const { results, page_count: pages } = jsonFields(name, text);
  return {
    last: typeof pages === "number" && number + 1 >= pages,
    listings: listingsOf(name, results, (result) => ({
      url: httpUrl(result.url),
      pageUrl: httpUrl(result.foreign_landing_url),
      thumbnailUrl: httpUrl(result.thumbnail),
      title: plainText(result.title),
      author: plainText(result.creator),
      licence: licenceName(plainText(result.license), plainText(result.license_version)),
      licenceUrl: httpUrl(result.license_url),
      width: pixels(result.width),
      height: pixels(result.height),
    })),
  };
}

/** "by-sa" and "4.0" as "CC BY-SA 4.0". */
function licenceName(code: string | null, version: string | null): string | null {
  if (!code) return null;
  const names: Readonly<Record<string, string>> = { cc0: "CC0", pdm: "Public Domain Mark" };
  const name = names[code] ?? (/^by|^sampling/.test(code) ? `CC ${code.toUpperCase()}` : code);
  return version ? `${name} ${version}` : name;
}
