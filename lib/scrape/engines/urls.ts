import { type Engine, httpUrl } from "../engine.ts";

/** A plain list of addresses in place of a search; the keyword only names it in the catalogue. */
export function urls(list: readonly string[]): Engine {
  const candidates = list.map((text) => {
    const url = httpUrl(text);
    if (!url) throw new TypeError(`Expected an http or https address but found "${text}"`);
    return { url };
  });
  return {
    name: "urls",
    async *search(_query, { firstPage }) {
      if (firstPage === 0 && candidates.length > 0) yield { number: 0, candidates };
    },
  };
}
