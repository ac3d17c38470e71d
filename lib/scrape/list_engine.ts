import type { Engine, Listing } from "./engine.ts";
import { filterParameters } from "./filters.ts";

const pageSize = 100;

/** An engine whose results are known from the start; it has no filters. */
export function listEngine(name: string, list: () => readonly Listing[]): Engine {
  const engine: Engine = {
    name,
    filters: {},
    async *search({ filters, offset = 0 }, { firstPage }) {
      filterParameters(engine, filters);
      const candidates = list().slice(offset).map((listing, index) => ({
        ...listing,
        engine: name,
        rank: offset + index + 1,
      }));
      for (let number = firstPage; number * pageSize < candidates.length; number++) {
        yield {
          number,
          candidates: candidates.slice(number * pageSize, (number + 1) * pageSize),
        };
      }
    },
  };
  return engine;
}
