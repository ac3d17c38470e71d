import {
  type Candidate,
  type Engine,
  EngineError,
  type EngineOptions,
  httpUrl,
  pixels,
  plainText,
  refuseBlocks,
  urlBelow,
} from "../engine.ts";
import type { TextAnswer } from "../search_client.ts";

const name = "baidu";
const pageSize = 30;

/**
 * Baidu's image search: JSON from `/search/acjson`, asked with the cookies of the front page. The
 * picture's address is `replaceUrl[0].ObjURL`, in older answers `objURL` in a substitution cipher.
 */
export function baidu({ endpoint = "https://image.baidu.com" }: EngineOptions = {}): Engine {
  return {
    name,
    async *search({ keyword, filters }, { firstPage, fetch }) {
      if (filters?.type === "photo") {
        throw new RangeError('Baidu cannot filter by type "photo"; it knows "face"');
      }
      const front = await fetch(urlBelow(endpoint, "/", {}));
      const cookie = front.cookies.join("; ");
      for (let number = firstPage;; number++) {
        const url = urlBelow(endpoint, "/search/acjson", {
          tn: "resultjson_com",
          ipn: "rj",
          ie: "utf-8",
          oe: "utf-8",
          word: keyword,
          pn: number * pageSize,
          rn: pageSize,
          face: filters?.type === "face" ? 1 : undefined,
        });
        const candidates = read(await fetch(url, cookie ? { headers: { cookie } } : {}));
        if (candidates.length === 0) return;
        yield { number, candidates };
      }
    },
  };
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

function read(answer: TextAnswer): Candidate[] {
  if (answer.location) {
    const { host, pathname } = answer.location;
    const captcha = host.startsWith("wappass.") || /captcha/.test(pathname);
    throw new EngineError(name, captcha ? "captcha" : "blocked", `redirected to ${host}`);
  }
  refuseBlocks(name, answer);
  const { antiFlag, data } = parsed(answer.text);
  if (Number(antiFlag) === 1) {
    throw new EngineError(name, "blocked", "answered with antiFlag 1");
  }
  if (!Array.isArray(data)) {
    throw new EngineError(name, "format-changed", "the answer has no list named data");
  }
  // The list always ends with an empty entry.
  const entries = (data as Entry[]).filter((entry) => entry && Object.keys(entry).length > 0);
  const candidates = entries.flatMap((entry): Candidate[] => {
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
