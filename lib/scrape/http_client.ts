import http from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import { addressesOf, isLoopbackAddress, isPublicAddress } from "./addresses.ts";
import { FetchFailure } from "./failure.ts";
import { defaultUserAgent } from "./user_agent.ts";

/** Who is asking, and which machines may be asked. */
export interface HttpClientOptions {
  /** Product token and version; robots.txt rules may name the token. */
  readonly userAgent?: string;
  /**
   * E-mail or web address of the person who runs the crawl, sent with every request. Without one
   * only hosts on this machine are asked.
   */
  readonly contact?: string | null;
  /** Seconds for one answer, its body included. Default: 30. */
  readonly timeout?: number;
  /** Hosts ("127.0.0.1:8000" or "127.0.0.1") that may be on this machine. Default: none. */
  readonly allowLoopback?: readonly string[];
  /** Where hosts are reached instead of by their name: { "album.sample": "127.0.0.1:8000" }. */
  readonly connectTo?: Readonly<Record<string, string>>;
  /** Every address of a host name. Default: the system's name server. */
  readonly resolve?: (hostname: string) => Promise<string[]>;
}

/** The answer to one request; its body is read once, or discarded. */
export interface Answer {
  readonly url: URL;
  readonly status: number;
  /** Value of a header, or null. */
  header(name: string): string | null;
  /** Every line of a header. */
  headerLines(name: string): string[];
  /** The bytes as they arrive. @throws FetchFailure where they end early or take too long */
  readonly body: AsyncIterable<Uint8Array>;
  /** Drops the connection without reading on. */
  discard(): void;
}

/** Where an answer redirects to; null where it does not, or to no address. */
export function locationOf({ url, status, header }: Answer): URL | null {
  const location = status >= 300 && status < 400 ? header("location") : null;
  return location ? URL.parse(location, url) : null;
}

/**
 * HTTP and HTTPS GET of single hops: no redirect is followed, no cookie is kept.
 *
 * Every address of a host is checked before the connection, and the connection goes to a checked
 * address, so that no second answer of the name server can lead into a private network.
 */
export class HttpClient implements Disposable {
  readonly #options: Required<HttpClientOptions>;
  readonly #agents = {
    "http:": new http.Agent({ keepAlive: true }),
    "https:": new https.Agent({ keepAlive: true }),
  };

  constructor(
    {
      userAgent = defaultUserAgent,
      contact = null,
      timeout = 30,
      allowLoopback = [],
      connectTo = {},
      resolve = addressesOf,
    }: HttpClientOptions = {},
  ) {
    this.#options = { userAgent, contact, timeout, allowLoopback, connectTo, resolve };
  }

  /** @throws FetchFailure with the reason; the signal's own reason when it fires */
  async get(
    url: URL,
    { headers = {}, signal }: {
      headers?: Readonly<Record<string, string>>;
      signal?: AbortSignal | undefined;
    } = {},
  ): Promise<Answer> {
    signal?.throwIfAborted();
    const { addresses, port } = await this.#target(url);
    const { contact, userAgent, timeout } = this.#options;
    const module = url.protocol === "https:" ? https : http;
    const request = module.request({
      agent: this.#agents[url.protocol as "http:" | "https:"],
      host: url.hostname.replace(/^\[|\]$/g, ""),
      port,
      path: url.pathname + url.search,
      headers: {
        host: url.host,
        "user-agent": contact ? `${userAgent} (+${contact})` : userAgent,
        accept: "*/*",
        "accept-encoding": "identity",
        ...headers,
      },
      lookup: (_name, options, callback) => {
        const [first, ...others] = addresses.map((address) => ({ address, family: isIP(address) }));
        if (options.all) callback(null, [first!, ...others]);
        else callback(null, first!.address, first!.family);
      },
    });
    // The promise tells both phases, waiting for the answer and reading it, that all is over;
    // destroying the request alone leaves a reader waiting.
    const stopped = Promise.withResolvers<never>();
    stopped.promise.catch(() => {});
    const stop = (reason: unknown) => {
      stopped.reject(reason);
      request.destroy();
    };
    const timer = setTimeout(() => {
      stop(new FetchFailure("timeout", { passing: true, detail: `no end after ${timeout} s` }));
    }, timeout * 1000);
    const abort = () => stop(signal?.reason);
    signal?.addEventListener("abort", abort, { once: true });
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
    const answered = Promise.withResolvers<http.IncomingMessage>();
    request.on("response", answered.resolve);
    request.on("error", (error) => answered.reject(brokenOff(error)));
    request.end();
    let response: http.IncomingMessage;
    try {
      response = await Promise.race([answered.promise, stopped.promise]);
    } catch (error) {
      done();
      throw error;
    }
    // A body that fails while nobody reads it must not end the process.
    response.on("error", () => {});
    return {
      url,
      status: response.statusCode ?? 0,
      header: (name) => response.headersDistinct[name.toLowerCase()]?.join(", ") ?? null,
      headerLines: (name) => response.headersDistinct[name.toLowerCase()] ?? [],
      body: body(response, stopped.promise, done),
      discard: () => {
        done();
        if (!response.complete) request.destroy();
      },
    };
  }

  /** Closes every idle connection. */
  [Symbol.dispose](): void {
    this.#agents["http:"].destroy();
    this.#agents["https:"].destroy();
  }

  async #target(url: URL): Promise<{ addresses: string[]; port: string }> {
    const { allowLoopback, connectTo, contact, resolve } = this.#options;
    if (url.protocol !== "http:" && url.protocol !== "https:") {
      throw new FetchFailure("not-http", { detail: url.protocol });
    }
    const direct = connectTo[url.host];
    const target = new URL(direct ? `${url.protocol}//${direct}` : url);
    const port = target.port || (url.protocol === "https:" ? "443" : "80");
    let addresses: string[];
    try {
      addresses = await resolve(target.hostname);
    } catch (cause) {
      throw new FetchFailure("no-such-host", { passing: true, detail: url.hostname, cause });
    }
    const named = direct !== undefined || allowLoopback.includes(url.host) ||
      allowLoopback.includes(url.hostname);
    const refused = addresses.find((address) =>
      !(isPublicAddress(address) || (named && isLoopbackAddress(address)))
    );
    if (refused !== undefined || addresses.length === 0) {
      throw new FetchFailure("private-address", { detail: `${url.hostname} is at ${refused}` });
    }
    if (!contact && !addresses.every(isLoopbackAddress)) {
      throw new Error(
        `Refusing to ask ${url.host} without a contact: set the option contact to an address at ` +
          "which the owner of a host can reach you",
      );
    }
    return { addresses, port };
  }
}

async function* body(
  response: http.IncomingMessage,
  stopped: Promise<never>,
  done: () => void,
): AsyncGenerator<Uint8Array> {
  const promised = Number(response.headers["content-length"] ?? NaN);
  const chunks: AsyncIterator<Uint8Array> = response[Symbol.asyncIterator]();
  let received = 0;
  try {
    for (;;) {
      const next = await Promise.race([chunks.next().catch(cutShort), stopped]);
      if (next.done) break;
      received += next.value.length;
      yield next.value;
    }
    if (received < promised || !response.complete) cutShort();
  } finally {
    done();
    if (!response.complete) response.destroy();
  }
}

function cutShort(cause?: unknown): never {
  const detail = "the connection ended before the body did";
  throw new FetchFailure("cut-short", { passing: true, detail, cause });
}

function brokenOff(cause: Error): FetchFailure {
  const refused = (cause as { code?: string }).code === "ECONNREFUSED";
  const detail = refused ? "nobody listens there" : "broken off before an answer";
  return new FetchFailure("connection", { passing: true, detail, cause });
}
