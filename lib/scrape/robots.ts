import robotsParserModule from "robots-parser";
import type { HostGate } from "./host_gate.ts";
import type { HttpClient } from "./http_client.ts";
import { OriginFile } from "./origin_file.ts";

// The package is CommonJS, its types describe an ES module: what they call default is the module.
const robotsParser = robotsParserModule as unknown as typeof robotsParserModule.default;

/** What a host's robots.txt says of an address. */
export type RobotsVerdict = "allowed" | "disallowed" | "unreachable";

const longestCrawlDelay = 30;

/**
 * robots.txt by RFC 9309: the longest rule wins, and Allow wins a tie; a host without the file
 * allows everything, one that gives no answer nothing.
 */
export class RobotsRules {
  readonly #file: OriginFile<(url: URL) => boolean>;

  /** @param options product: the product token of our user agent, which rules name */
  constructor(
    client: HttpClient,
    { gate, product }: { gate: HostGate; product: string },
  ) {
    this.#file = new OriginFile("/robots.txt", {
      client,
      gate,
      parse: (text, origin) => {
        if (text === null) return () => true;
        const rules = robotsParser(origin.href, text);
        const crawlDelay = rules.getCrawlDelay(product);
        if (crawlDelay) gate.slowDown(origin.host, Math.min(longestCrawlDelay, crawlDelay));
        return (url) => rules.isAllowed(url.href, product) !== false;
      },
    });
  }

  /** Asks, at most once an origin, and judges. */
  async verdict(url: URL, signal?: AbortSignal): Promise<RobotsVerdict> {
    const isAllowed = await this.#file.of(url, signal);
    if (!isAllowed) return "unreachable";
    return isAllowed(url) ? "allowed" : "disallowed";
  }
}
