import girlGroups from "./keywords/girl_groups.json" with { type: "json" };
import jPop from "./keywords/j_pop.json" with { type: "json" };
import maleIdols from "./keywords/male_idols.json" with { type: "json" };
import post2019 from "./keywords/post_2019.json" with { type: "json" };
import type { Engine, Query } from "./engine.ts";
import type { Filters } from "./filters.ts";
import type { CrawlQuery } from "./harvest.ts";

/** What is asked of one engine. */
export interface EngineKeywords {
  /** Most pictures of a keyword that has no limit of its own. */
  readonly limit: number;
  readonly filters?: Filters;
  readonly keywords: readonly (string | Query)[];
}

/** Keywords as data, each in the words of the engine that is asked. */
export interface KeywordSet {
  readonly about: string;
  readonly engines: Readonly<Record<string, EngineKeywords>>;
}

/** The sets of the folder `keywords`; one of one's own is JSON of the same form. */
export const keywordSets = { post2019, girlGroups, jPop, maleIdols } satisfies Record<
  string,
  KeywordSet
>;

/**
 * The queries of a set for those of its engines that are given, one of every engine in turn, so that
 * whoever reads them in order is fair.
 *
 * @throws RangeError where the set has keywords for none of the engines
 */
export function queriesOf(
  { about, engines: keywords }: KeywordSet,
  engines: readonly Engine[],
  { most = Infinity, filters }: {
    /** Most pictures of any keyword, whatever the set says. */
    most?: number;
    /** Filters for all of them, beside those of the set. */
    filters?: Filters;
  } = {},
): CrawlQuery[] {
  const lists = engines.map((engine) => {
    const own = keywords[engine.name];
    return (own?.keywords ?? []).map((entry): CrawlQuery => {
      const query = typeof entry === "string" ? { keyword: entry } : entry;
      const narrowed = { ...own!.filters, ...filters, ...query.filters };
      return {
        ...query,
        engine,
        limit: Math.min(query.limit ?? own!.limit, most),
        ...(Object.keys(narrowed).length > 0 ? { filters: narrowed } : {}),
      };
    });
  });
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  if (longest === 0) {
    throw new RangeError(
      `"${about}" has keywords for ${Object.keys(keywords).join(", ")}, none of them among ` +
        (engines.map(({ name }) => name).join(", ") || "no engine"),
    );
  }
  return Array.from({ length: longest }, (_, turn) => lists.flatMap((list) => list[turn] ?? []))
    .flat();
}
