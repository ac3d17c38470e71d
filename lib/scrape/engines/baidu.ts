import {
  type Engine,
  EngineError,
  type EngineOptions,
  httpUrl,
  type Listing,
  pixels,
  plainText,
  urlBelow,
} from "../engine.ts";
import { under } from "../filters.ts";
import { pagedEngine } from "../paged_engine.ts";
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
    start: async (_keyword, fetch) => (await fetch(urlBelow(endpoint, "/", {}))).cookies.join("; "),
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
    refuse,
    read,
  });
}

interface Entry {
  readonly replaceUrl?: readonly { readonly ObjURL?: unknown; readonly FromURL?: unknown }[];
  readonly objURL?: unknown;
  readonly fromURL?: unknown;
  readonly thumbURL?: unknown;
  readonly fromPageTitle?: unknown;
  readonly width?: unknown;
  readonly height?: unknown;
}

function refuse({ location }: TextAnswer): void {
  if (location && (location.host.startsWith("wappass.") || /captcha/.test(location.pathname))) {
    throw new EngineError(name, "captcha", `redirected to ${location.host}`);
  }
}

function read(answer: TextAnswer): Listing[] {
  const { antiFlag, data } = parsed(answer.text);
  if (Number(antiFlag) === 1) {
    throw new EngineError(name, "blocked", "answered with antiFlag 1");
  }
  if (!Array.isArray(data)) {
    throw new EngineError(name, "format-changed", "the answer has no list named data");
  }
  // The list always ends with an empty entry.
  const entries = (data as Entry[]).filter((entry) => entry && Object.keys(entry).length > 0);
  const candidates = entries.flatMap((entry): Listing[] => {
    const replaced = entry.replaceUrl?.[0];
    const url = httpUrl(replaced?.ObjURL) ?? address(entry.objURL);
    if (!url) return [];
    return [{
      url,
      pageUrl: httpUrl(replaced?.FromURL) ?? address(entry.fromURL),
      thumbnailUrl: httpUrl(entry.thumbURL),
      title: plainText(entry.fromPageTitle)?.replace(/<\/?strong>/g, "") ?? null,
      width: pixels(entry.width),
      height: pixels(entry.height),
    }];
  });
  if (entries.length > 0 && candidates.length === 0) {
    throw new EngineError(name, "format-changed", "no entry has the address of a picture");
  }
  return candidates;
}

function parsed(text: string): { antiFlag?: unknown; data?: unknown } {
  try {
    // Baidu escapes apostrophes, which JSON does not allow.
    const value: unknown = JSON.parse(text.replaceAll("\\'", "'"));
    if (value !== null && typeof value === "object") return value;
    throw new SyntaxError("not an object");
  } catch (error) {
    throw new EngineError(name, "format-changed", "the answer is not JSON", { cause: error });
  }
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
