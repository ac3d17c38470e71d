import type { WorldPlan } from "../plan.ts";
import { seededRandom } from "../random.ts";
import type { SampleEngine } from "./host_names.ts";
import { licenceOf } from "./licence.ts";

/** Link ids in the order of rank, by keyword. */
export type ResultLists = Readonly<Record<string, readonly string[]>>;

/**
 * What each engine lists. Three lists are planned; the others follow from the plan, so that it and
 * the painted world stay as they are. DuckDuckGo lists what Bing does, as the real one; Naver lists
 * part of Google's and Bing's results; Openverse and Wikimedia list pictures under open licences.
 */
export function resultLists(
  { results, links, seed }: WorldPlan,
): Readonly<Record<SampleEngine, ResultLists>> {
  const { google, bing, baidu } = results;
  const naver = Object.fromEntries(
    Object.entries(google).map(([keyword, ids]) => {
      const some = [...ids, ...bing[keyword] ?? []].filter((_id, position) => position % 2 === 0);
      return [keyword, seededRandom(seed).shuffle([...new Set(some)])];
    }),
  );
  const open = links.filter((link) => licenceOf(link)).map(({ id }) => id);
  return {
    google,
    bing,
    baidu,
    naver,
    duckduckgo: bing,
    openverse: { "K-pop idol": seededRandom(seed + 1).shuffle(open) },
    wikimedia: { "K-pop idol": seededRandom(seed + 2).shuffle(open).slice(0, open.length / 2) },
  };
}
