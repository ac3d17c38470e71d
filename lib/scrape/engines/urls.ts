import { type Engine, type Listing } from "../engine.ts";
import { listEngine } from "../list_engine.ts";
import { httpUrl } from "../reading.ts";

/** A plain list of addresses in place of a search; the keyword only names it in the catalogue. */
export function urls(list: readonly string[]): Engine {
  const listings = list.map((text): Listing => {
    const url = httpUrl(text);
    if (!url) throw new TypeError(`Expected an http or https address but found "${text}"`);
    return { url };
  });
  return listEngine("urls", () => listings);
}
