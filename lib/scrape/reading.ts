import { type CheerioAPI, load } from "cheerio";
import { EngineError, type Listing } from "./engine.ts";
import { nestingOf } from "./nesting.ts";

/** Elements inside one another in what is read as HTML; a result page has some dozens. */
const mostNesting = 1000;

/** @throws EngineError where the elements of the page are nested absurdly deep */
export function htmlPage(engine: string, text: string): CheerioAPI {
  if (nestingOf(text) > mostNesting) {
    throw new EngineError(engine, "format-changed", `more than ${mostNesting} nested elements`);
  }
  return load(text);
}

/** The URL of `path` below an endpoint, with its parameters; those that are undefined are left out. */
export function urlBelow(
  endpoint: string,
  path: string,
  parameters: Readonly<Record<string, string | number | undefined>> = {},
): URL {
  const url = new URL(endpoint.replace(/\/$/, "") + path);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}

/** The absolute form of an HTTP address, or null for anything else. */
export function httpUrl(text: unknown, base?: string | URL): string | null {
  if (typeof text !== "string" || text === "" || !URL.canParse(text, base)) return null;
  const url = new URL(text, base);
  url.hash = "";
  return /^https?:$/.test(url.protocol) && url.hostname ? url.href : null;
}

/** A positive whole number, also as text, or null. */
export function pixels(value: unknown): number | null {
  const number = typeof value === "number" || typeof value === "string" ? Number(value) : NaN;
  return Number.isSafeInteger(number) && number > 0 ? number : null;
}

/** Text without surrounding and repeated white space, or null when nothing is left. */
export function plainText(value: unknown): string | null {
  if (typeof value !== "string") return null;
  return value.replace(/\s+/g, " ").trim() || null;
}

/** The text of a piece of HTML, or null when nothing is left or it is nested absurdly deep. */
export function htmlText(value: unknown): string | null {
  if (typeof value !== "string" || !/[<&]/.test(value)) return plainText(value);
  return nestingOf(value) > mostNesting ? null : plainText(load(value, null, false).root().text());
}

/** Something that came as JSON and may be an object: its fields are read one by one, unbelieving. */
export type Fields = Readonly<Record<string, unknown>>;

/** The value as an object, or an empty one. */
export function fieldsOf(value: unknown): Fields {
  return value !== null && typeof value === "object" ? value as Fields : {};
}

/** @throws EngineError where the text is not the JSON of an object */
export function jsonFields(engine: string, text: string): Fields {
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === "object" && !Array.isArray(value)) {
      return value as Fields;
    }
    throw new SyntaxError("not an object");
  } catch (error) {
    throw new EngineError(engine, "format-changed", "the answer is not the JSON of an object", {
      cause: error,
    });
  }
}

/** What an entry says; without an address it is no picture. */
type Entry = Omit<Listing, "url"> & { readonly url: string | null };

/**
 * The pictures among the entries of a list: those that have an address.
 *
 * @throws EngineError where there is no list, or entries and not one picture
 */
export function listingsOf(
  engine: string,
  entries: unknown,
  read: (entry: Fields) => Entry,
): Listing[] {
  if (!Array.isArray(entries)) {
    throw new EngineError(engine, "format-changed", "the answer has no list of results");
  }
  const listings = entries.map((entry) => read(fieldsOf(entry)))
    .filter((entry): entry is Listing => entry.url !== null);
  if (entries.length > 0 && listings.length === 0) {
    throw new EngineError(engine, "format-changed", "no entry has the address of a picture");
  }
  return listings;
}
