import robotsParserModule from "robots-parser";
import { FetchFailure } from "./failure.ts";
import type { HttpClient } from "./http_client.ts";
import type { HostGate } from "./host_gate.ts";

// The package is CommonJS, its types describe an ES module: what they call default is the module.
const robotsParser = robotsParserModule as unknown as typeof robotsParserModule.default;

/** What a host's robots.txt says of an address. */
export type RobotsVerdict = "allowed" | "disallowed" | "unreachable";

interface Rules {
  verdict(url: URL): RobotsVerdict;
}

const mostBytes = 512 * 1024;
const mostRedirects = 5;
const longestCrawlDelay = 30;

/**
 * robots.txt by RFC 9309: asked once an origin and kept for the life of the object (a crawl, less
 * than the 24 hours that are allowed). Status 4xx allows everything; 5xx, 429 and silence disallow
 * everything; the longest rule wins, and Allow wins a tie.
 */
export class RobotsRules {
  readonly #client: HttpClient;
  readonly #gate: HostGate;
  readonly #product: string;
  readonly #rules = new Map<string, Promise<Rules>>();

  /** @param options product: the product token of our user agent, which rules name */
  constructor(
    client: HttpClient,
    { gate, product }: { gate: HostGate; product: string },
  ) {
    this.#client = client;
    this.#gate = gate;
    this.#product = product;
  }

  /** Asks, at most once an origin, and judges. */
  async verdict(url: URL, signal?: AbortSignal): Promise<RobotsVerdict> {
    let rules = this.#rules.get(url.origin);
    if (!rules) {
      rules = this.#read(url, signal);
      this.#rules.set(url.origin, rules);
      // An interrupted request says nothing of the host.
      rules.catch(() => this.#rules.delete(url.origin));
    }
    return (await rules).verdict(url);
  }

  async #read(from: URL, signal?: AbortSignal): Promise<Rules> {
    let url = new URL("/robots.txt", from);
    let hop = 0;
    try {
      for (; hop <= mostRedirects; hop++) {
        await this.#gate.pace(url.host, signal);
        const answer = await this.#client.get(url, { signal });
        const location = answer.header("location");
        if (answer.status >= 300 && answer.status < 400 && location) {
          answer.discard();
          url = new URL(location, url);
          continue;
        }
        if (answer.status === 429 || answer.status >= 500) {
          answer.discard();
          return unreachable;
        }
        if (answer.status !== 200) {
          answer.discard();
          return everything;
        }
        // The rules are those of the origin that was asked, wherever the file lies.
        return this.#parse(new URL("/robots.txt", from), await text(answer.body));
      }
      return everything;
    } catch (error) {
      if (!(error instanceof FetchFailure)) throw error;
      // These say something of the host itself, whatever the path.
      const ofHost = ["private-address", "no-such-host", "not-http"].includes(error.reason);
      if (hop === 0 && ofHost) throw error;
      return unreachable;
    }
  }

  #parse(url: URL, content: string): Rules {
    const rules = robotsParser(url.href, content);
    const crawlDelay = rules.getCrawlDelay(this.#product);
    if (crawlDelay) this.#gate.slowDown(url.host, Math.min(longestCrawlDelay, crawlDelay));
    return {
      verdict: (address) =>
        rules.isAllowed(address.href, this.#product) === false ? "disallowed" : "allowed",
    };
  }
}

const everything: Rules = { verdict: () => "allowed" };
const unreachable: Rules = { verdict: () => "unreachable" };

/** The first half mebibyte as text. */
async function text(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let content = "";
  let bytes = 0;
  for await (const chunk of body) {
    content += decoder.decode(chunk, { stream: true });
    bytes += chunk.length;
    if (bytes >= mostBytes) break;
  }
  return content + decoder.decode();
}
