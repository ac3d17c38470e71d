import {
  type Engine,
  EngineError,
  type EngineErrorReason,
  type Listing,
  type SearchContext,
} from "./engine.ts";
import { filterParameters, type FilterWords, type QueryParameters } from "./filters.ts";
import type { TextAnswer } from "./search_client.ts";

/** What one request for a page is made of. */
export interface PageRequest<Session> {
  readonly keyword: string;
  /** Zero-based number of the page. */
  readonly number: number;
  /** The filters in the engine's own parameters. */
  readonly filters: QueryParameters;
  /** What `start` has brought: cookies, a token. */
  readonly session: Session;
}

/** What a page says. */
export interface PageContent {
  /** Its pictures; none where the engine says that there are no (more) results. */
  readonly listings: readonly Listing[];
  /** True where the engine says that this is the last page. */
  readonly last?: boolean;
}

/** What tells one engine's result pages from another's. */
export interface PageFormat<Session> {
  readonly name: string;
  readonly filters: FilterWords;
  /** Sign between filters that share a parameter. Default: a comma. */
  readonly separator?: string;
  /** Results on a full page. */
  readonly pageSize: number;
  /** Pages after which the engine gives no more. Default: no end. */
  readonly mostPages?: number;
  /** Fetches what every page is asked with. */
  start?(keyword: string, fetch: SearchContext["fetch"]): Promise<Session>;
  /** Address and headers of a page. */
  request(page: PageRequest<Session>): { url: URL; headers?: Readonly<Record<string, string>> };
  /** Throws an EngineError where the answer refuses in a way of this engine's own. */
  refuse?(answer: TextAnswer): void;
  /** @throws EngineError where the page is neither results nor an honest end */
  read(answer: TextAnswer, number: number): PageContent;
}

/**
 * An engine that answers page by page. The search ends at the page that the engine calls its last, at
 * an empty one, at one that ends as the page before (some engines repeat their last page for ever)
 * and at the most pages that there are.
 */
export function pagedEngine<Session = undefined>(format: PageFormat<Session>): Engine {
  const { name, filters: words, separator, pageSize, mostPages = Infinity } = format;
  const engine: Engine = {
    name,
    filters: words,
    async *search({ keyword, filters, offset = 0 }, { firstPage, fetch }) {
      const parameters = filterParameters(engine, filters, separator);
      const ask: SearchContext["fetch"] = async (url, options) => {
        const answer = await fetch(url, options);
        format.refuse?.(answer);
        refuseOthers(name, answer);
        return answer;
      };
      const session = await format.start?.(keyword, ask) as Session;
      const pageOfOffset = Math.floor(offset / pageSize);
      let newest: string | undefined;
      for (let number = Math.max(firstPage, pageOfOffset); number < mostPages; number++) {
        const page = { keyword, number, filters: parameters, session };
        const { url, headers } = format.request(page);
        const { listings, last } = format.read(await ask(url, headers && { headers }), number);
        const end = listings.at(-1)?.url;
        if (end === undefined || end === newest) return;
        newest = end;
        yield {
          number,
          candidates: listings
            .map((listing, index) => ({
              ...listing,
              engine: name,
              rank: number * pageSize + index + 1,
            }))
            .slice(number === pageOfOffset ? offset % pageSize : 0),
        };
        if (last) return;
      }
    },
  };
  return engine;
}

/** The refusals that all engines share. */
function refuseOthers(name: string, { status, location, retryAfter }: TextAnswer): void {
  const refuse = (reason: EngineErrorReason, detail: string) => {
    throw new EngineError(name, reason, detail, { retryAfter });
  };
  if (location) {
    const detail = `redirected to ${location.host}${location.pathname}`;
    if (location.host.startsWith("consent.")) refuse("consent", detail);
    if (/captcha|challenge/i.test(location.host + location.pathname)) refuse("captcha", detail);
    refuse("blocked", detail);
  }
  const detail = `answered with status ${status}`;
  if ([401, 403, 429].includes(status)) refuse("blocked", detail);
  if (status !== 200) refuse("format-changed", detail);
}
