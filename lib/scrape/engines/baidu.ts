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
  urlBelow,
} from "../reading.ts";
import type { TextAnswer } from "../search_client.ts";

const name = "baidu";
const pageSize = 30;

/**
 * Baidu's image search: JSON from `/search/acjson`, asked with the cookies of the front page. The
 * picture's address is `replaceUrl[0].ObjURL`, in older answers `objURL` in a substitution cipher.
 */
export function baidu({ endpoint = "https://image.baidu.com" }: EngineOptions = {}): Engine {
  return pagedEngine({
    name,
    filters: {
      type: {
        face: { face: "1" },
        portrait: { s: "3" },
        clipart: { st: "1" },
        drawing: { st: "2" },
        animated: { lm: "6" },
      },
      size: under("z", { small: "1", medium: "2", large: "3", huge: "9" }),
      colour: under("ic", {
        red: "1",
        yellow: "2",
        green: "4",
        blue: "16",
        purple: "32",
        pink: "64",
        brown: "128",
        orange: "256",
        black: "512",
        white: "1024",
        grey: "2048",
      }),
    },
    pageSize,
    start: async (_keyword, fetch) => (await fetch(urlBelow(endpoint, "/"))).cookies.join("; "),
    request: ({ keyword, number, filters, session: cookie }) => ({
      url: urlBelow(endpoint, "/search/acjson", {
        tn: "resultjson_com",
        ipn: "rj",
        ie: "utf-8",
        oe: "utf-8",
        word: keyword,
        pn: number * pageSize,
        rn: pageSize,
        ...filters,
      }),
      headers: cookie ? { cookie } : {},
    }),
    read,
  });
}

function read({ text }: TextAnswer): PageContent {
  // Baidu escapes apostrophes, which JSON does not allow.
  const { antiFlag, data } = jsonFields(name, text.replaceAll("\\'", "'"));
  if (Number(antiFlag) === 1) throw new EngineError(name, "blocked", "answered with antiFlag 1");
  // The list always ends with an empty entry.
  const entries = Array.isArray(data)
    ? data.filter((entry) => Object.keys(fieldsOf(entry)).length > 0)
    : data;
  return {
    listings: listingsOf(name, entries, (entry) => {
      const [first]: unknown[] = Array.isArray(entry.replaceUrl) ? entry.replaceUrl : [];
      const replaced = fieldsOf(first);
      return {
        url: httpUrl(replaced.ObjURL) ?? address(entry.objURL),
        pageUrl: httpUrl(replaced.FromURL) ?? address(entry.fromURL),
        thumbnailUrl: httpUrl(entry.thumbURL),
        title: htmlText(entry.fromPageTitle),
        width: pixels(entry.width),
        height: pixels(entry.height),
      };
    }),
  };
}

function address(text: unknown): string | null {
  if (typeof text !== "string") return null;
  return httpUrl(text) ?? httpUrl(decipher(text));
}

const sequences: Readonly<Record<string, string>> = {
  "_z2C$q": ":",
  "_z&e3B": ".",
  AzdH3F: "/",
};
const cipher = "wkv1ju2it3hs4g5rq6fp7eo8dn9cm0bla";
const plain = "abcdefghijklmnopqrstuvw1234567890";

/** Undoes Baidu's substitution of letters, digits and the three signs of an address. */
export function decipher(text: string): string {
  return text
    .replaceAll(/_z2C\$q|_z&e3B|AzdH3F/g, (sequence) => `\0${sequence}`)
    .split("\0")
    .map((part) => {
      const sequence = Object.keys(sequences).find((start) => part.startsWith(start));
      const rest = sequence ? part.slice(sequence.length) : part;
      const letters = Array.from(rest, (letter) => {
        const index = cipher.indexOf(letter);
        return index < 0 ? letter : plain[index];
      });
      return (sequence ? sequences[sequence] : "") + letters.join("");
    })
    .join("");
}
