import type { EnginePauses } from "./circuit_breaker.ts";
import type { CrawlQuery } from "./harvest.ts";
import type { HostManners } from "./host_gate.ts";
import type { HttpClientOptions } from "./http_client.ts";
import { optOutDirectives } from "./opt_out.ts";

/** What is crawled, how gently, and what is demanded of a picture. */
export interface CrawlOptions extends Omit<HttpClientOptions, "resolve"> {
  readonly queries: readonly CrawlQuery[];
  /** Least width and height in pixels. Default: 300 x 300. */
  readonly minimumSize?: readonly [width: number, height: number];
  /** Most bytes of a picture's file. Default: 20 million. */
  readonly maximumBytes?: number;
  /** Most pixels that are decoded; the header is checked first. Default: 64 million. */
  readonly maximumPixels?: number;
  /** Most differing bits, of 256, between pictures that count as the same. Default: 14. */
  readonly maximumDistance?: number;
  /** Most pictures fetched at one time, all hosts together. Default: 16. */
  readonly concurrency?: number;
  /** Default: 2 requests at one time, 0.25 seconds between their starts. */
  readonly perHost?: Partial<HostManners>;
  /** Tries in all, for reasons that may pass. Default: 3. */
  readonly attempts?: number;
  /** Seconds before the second try; it doubles with every further one. Default: 1. */
  readonly backOff?: number;
  /**
   * Longest Retry-After, in seconds, that is waited for. A host that asks for more is left alone for
   * the rest of the crawl, and by later ones until the time is over. Default: 120.
   */
  readonly longestWait?: number;
  /** Most redirects that are followed for a picture. Default: 5. */
  readonly maximumRedirects?: number;
  /** Whether robots.txt is obeyed on result pages too. It always is for pictures. Default: true. */
  readonly robotsOnSearchPages?: boolean;
  /**
   * Seconds for which a refusing engine is left alone. Default: its Retry-After, else 180, and 3600
   * after a captcha or a consent page.
   */
  readonly enginePauses?: EnginePauses;
  /**
   * Seconds that the crawl waits, when all else is done, for an engine's pause to end; what is
   * longer is left to a later crawl. Default: 0.
   */
  readonly waitForEngines?: number;
  /** Directives of X-Robots-Tag that are minded. Default: every one that says "not for machines". */
  readonly optOuts?: readonly string[];
  /** Whether pictures and queries that failed in an earlier crawl are tried again. Default: true. */
  readonly retryFailed?: boolean;
}

/** Above the distance of copies and below that of pictures that are not; see `perceptualHash`. */
const nearCopy = 14;

/** What holds where nothing else is asked for. */
export const crawlDefaults = {
  minimumSize: [300, 300],
  maximumBytes: 20e6,
  maximumPixels: 64e6,
  maximumDistance: nearCopy,
  concurrency: 16,
  attempts: 3,
  backOff: 1,
  longestWait: 120,
  maximumRedirects: 5,
  robotsOnSearchPages: true,
  waitForEngines: 0,
  optOuts: optOutDirectives,
  enginePauses: {},
  retryFailed: true,
} satisfies Partial<CrawlOptions>;

/** Options of a crawl with what was not asked for filled in. */
export type FullCrawlOptions =
  & CrawlOptions
  & Required<Pick<CrawlOptions, keyof typeof crawlDefaults>>;
