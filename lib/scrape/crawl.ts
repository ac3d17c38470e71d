import { dirname } from "node:path";
import type { Catalog, PictureOutcome, PictureRow } from "../catalog/mod.ts";
import type { Progress } from "../run/mod.ts";
import { delay } from "./delay.ts";
import { download } from "./download.ts";
import { FetchFailure } from "./failure.ts";
import { type CrawlQuery, harvest } from "./harvest.ts";
import { HostGate, type HostManners } from "./host_gate.ts";
import { HttpClient } from "./http_client.ts";
import { inspectPicture } from "./inspect.ts";
import { RobotsRules } from "./robots.ts";
import { defaultUserAgent, productOf } from "./user_agent.ts";

/** What is crawled, how gently, and what is demanded of a picture. */
export interface CrawlOptions {
  readonly queries: readonly CrawlQuery[];
  /**
   * E-mail or web address of the person who runs the crawl, sent with every request. Without one
   * only hosts on this machine are asked.
   */
  readonly contact?: string | null;
  /** Product token and version; robots.txt rules may name the token. */
  readonly userAgent?: string;
  /** Least width and height in pixels. Default: 300 x 300. */
  readonly minimumSize?: readonly [width: number, height: number];
  /** Most bytes of a picture's file. Default: 20 million. */
  readonly maximumBytes?: number;
  /** Most pixels that are decoded; the header is checked first. Default: 64 million. */
  readonly maximumPixels?: number;
  /** Most differing bits, of 256, between pictures that count as the same. Default: 18. */
  readonly maximumDistance?: number;
  /** Most pictures fetched at one time, all hosts together. Default: 16. */
  readonly concurrency?: number;
  /** Default: 2 requests at one time, 0.25 seconds between their starts. */
  readonly perHost?: Partial<HostManners>;
  /** Seconds for one answer, its body included. Default: 30. */
  readonly timeout?: number;
  /** Tries in all, for reasons that may pass. Default: 3. */
  readonly attempts?: number;
  /** Seconds before the second try; it doubles with every further one. Default: 1. */
  readonly backOff?: number;
  /** Longest Retry-After, in seconds, that is waited for. Default: 120. */
  readonly longestWait?: number;
  /** Most redirects that are followed for a picture. Default: 5. */
  readonly maximumRedirects?: number;
  /** Hosts ("127.0.0.1:8000" or "127.0.0.1") that may be on this machine. Default: none. */
  readonly allowLoopback?: readonly string[];
  /** Where hosts are reached instead of by their name: { "album.sample": "127.0.0.1:8000" }. */
  readonly connectTo?: Readonly<Record<string, string>>;
  /** Whether robots.txt is obeyed on result pages too. It always is for pictures. Default: true. */
  readonly robotsOnSearchPages?: boolean;
  /** Whether pictures and queries that failed in an earlier crawl are tried again. Default: true. */
  readonly retryFailed?: boolean;
}

interface Job {
  readonly id: number;
  readonly url: string;
  readonly host: string;
  attempt: number;
}

/**
 * Searches, and fetches what the searches list. Results and files go into the catalogue; every
 * picture ends as `kept`, `rejected` or `failed`, the last two with a reason. What the crawl ends in
 * depends on the answers of the web only, not on their order, nor on whether it was stopped or
 * killed and started again: it goes on from what the catalogue holds.
 *
 * When the signal fires, requests under way are dropped and the stage returns.
 *
 * @throws Error where the disk is full, or where a public host would be asked without a contact
 */
export async function* crawl(
  catalog: Catalog,
  options: CrawlOptions,
  signal?: AbortSignal,
): AsyncGenerator<Progress> {
  const running = new Crawl(catalog, options, signal);
  try {
    yield* running.run();
  } finally {
    await running.close();
  }
}

class Crawl {
  readonly #catalog: Catalog;
  readonly #options: CrawlOptions;
  readonly #client: HttpClient;
  readonly #gate: HostGate;
  readonly #robots: RobotsRules;
  readonly #product: string;
  readonly #partFolder: string;
  readonly #controller = new AbortController();
  readonly #signal: AbortSignal;
  readonly #started = performance.now();

  /** Jobs that wait for a place, by host. */
  readonly #queues = new Map<string, Job[]>();
  readonly #tasks = new Set<Promise<void>>();
  #running = 0;
  #changed = Promise.withResolvers<void>();
  #failure: { error: unknown } | null = null;

  readonly #counts = { kept: 0, rejected: 0, failed: 0 };
  #known = 0;
  #resumed = 0;

  constructor(catalog: Catalog, options: CrawlOptions, signal?: AbortSignal) {
    const {
      userAgent = defaultUserAgent,
      contact = null,
      timeout = 30,
      perHost,
      allowLoopback = [],
      connectTo = {},
    } = options;
    this.#catalog = catalog;
    this.#options = options;
    this.#product = productOf(userAgent);
    this.#client = new HttpClient({ userAgent, contact, timeout, allowLoopback, connectTo });
    this.#gate = new HostGate({ concurrency: 2, gap: 0.25, ...perHost });
    this.#robots = new RobotsRules(this.#client, { gate: this.#gate, product: this.#product });
    this.#partFolder = catalog.resolve("pictures/parts");
    this.#signal = signal
      ? AbortSignal.any([signal, this.#controller.signal])
      : this.#controller.signal;
  }

  async *run(): AsyncGenerator<Progress> {
    await Deno.mkdir(this.#partFolder, { recursive: true });
    this.#loadPictures();
    let searching = true;
    this.#track(this.#search().finally(() => searching = false));
    this.#signal.addEventListener("abort", () => this.#wake(), { once: true });
    yield this.#progress();
    for (;;) {
      const changed = this.#changed.promise;
      if (!this.#signal.aborted) this.#dispatch();
      if (this.#signal.aborted || (!searching && this.#tasks.size === 0 && this.#idle())) break;
      await changed;
      yield this.#progress();
    }
    await Promise.all(this.#tasks);
    if (this.#failure) throw this.#failure.error;
    const { maximumDistance = 18 } = this.#options;
    const { kept, rejected } = this.#counts;
    const repeats = this.#catalog.linkDuplicates({ maximumDistance });
    this.#count();
    if (repeats > 0 || this.#counts.kept !== kept || this.#counts.rejected !== rejected) {
      yield this.#progress();
    }
  }

  /** Stops what is under way, waits for it and tidies up. */
  async close(): Promise<void> {
    this.#controller.abort(new DOMException("The crawl is over", "AbortError"));
    await Promise.all(this.#tasks);
    this.#client[Symbol.dispose]();
    await Deno.remove(this.#partFolder, { recursive: true }).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }

  /** Puts what earlier crawls have left to do into the queues. */
  #loadPictures(): void {
    const { retryFailed = true } = this.#options;
    const statuses = retryFailed ? ["found", "failed"] as const : ["found"] as const;
    for (const row of this.#catalog.picturesInFairOrder(statuses)) this.#enqueue(row);
    this.#count();
    if (retryFailed) this.#counts.failed = 0;
    this.#resumed = this.#settled();
  }

  #count(): void {
    const rows: readonly PictureRow[] = this.#catalog.pictures();
    this.#known = rows.length;
    for (const status of ["kept", "rejected", "failed"] as const) {
      this.#counts[status] = rows.filter((row) => row.status === status).length;
    }
  }

  /** Reads result pages: all engines side by side, the queries of one engine in turn. */
  async #search(): Promise<void> {
    const { queries, retryFailed = true, robotsOnSearchPages = true } = this.#options;
    const rows = this.#catalog.addQueries(
      queries.map(({ engine, keyword, filters, limit }) => ({
        engine: engine.name,
        keyword,
        filters: { ...filters },
        limit,
      })),
    );
    const wanted = queries.map((query, index) => ({ query, row: rows[index]! })).filter(({ row }) =>
      row.status === "open" || (retryFailed && ["blocked", "failed"].includes(row.status))
    );
    const { attempts = 3, backOff = 1, longestWait = 120 } = this.#options;
    const ofEngine = Map.groupBy(wanted, ({ query }) => query.engine);
    // All of them are waited for, so that none goes on when another has stopped the crawl.
    const searches = await Promise.allSettled(
      Array.from(ofEngine.values(), (group) =>
        harvest(this.#catalog, group, {
          client: this.#client,
          gate: this.#gate,
          robots: robotsOnSearchPages ? this.#robots : null,
          attempts,
          backOff,
          longestWait,
          signal: this.#signal,
          onPage: ({ found }) => {
            this.#known += found.length;
            for (const picture of found) this.#enqueue(picture);
            this.#wake();
          },
        })),
    );
    for (const search of searches) if (search.status === "rejected") throw search.reason;
  }

  #enqueue({ id, url, host }: { id: number; url: string; host: string }, attempt = 1): void {
    const job = { id, url, host, attempt };
    const queue = this.#queues.get(host);
    if (queue) queue.push(job);
    else this.#queues.set(host, [job]);
  }

  /** Starts waiting jobs while there is room, one of every host in turn. */
  #dispatch(): void {
    const { concurrency = 16 } = this.#options;
    for (const [host, queue] of [...this.#queues]) {
      while (queue.length > 0 && this.#running < concurrency) {
        const leave = this.#gate.tryEnter(host);
        if (!leave) break;
        const job = queue.shift()!;
        this.#running++;
        this.#track(this.#fetch(job, leave).finally(() => this.#running--));
        // The host goes to the end of the line, so that no host waits for another's long queue.
        this.#queues.delete(host);
        if (queue.length > 0) this.#queues.set(host, queue);
      }
      const pause = this.#gate.pauseOf(host);
      if (queue.length > 0 && pause > 0) this.#wakeAfter(pause);
    }
  }

  async #fetch(job: Job, leave: () => void): Promise<void> {
    const {
      minimumSize = [300, 300],
      maximumBytes = 20e6,
      maximumPixels = 64e6,
      maximumRedirects = 5,
    } = this.#options;
    let outcome: PictureOutcome;
    try {
      const { path, sha256, bytes, format } = await download(job.url, leave, {
        client: this.#client,
        gate: this.#gate,
        robots: this.#robots,
        product: this.#product,
        maximumBytes,
        maximumRedirects,
        partFolder: this.#partFolder,
        signal: this.#signal,
      });
      const inspection = await inspectPicture(path, { minimumSize, maximumPixels });
      const file = `pictures/${sha256.slice(0, 2)}/${sha256}.${format}`;
      await Deno.mkdir(dirname(this.#catalog.resolve(file)), { recursive: true });
      await Deno.rename(path, this.#catalog.resolve(file));
      outcome = {
        ...inspection,
        status: inspection.reason === null ? "kept" : "rejected",
        sha256,
        file,
        bytes,
        format,
      };
    } catch (error) {
      if (this.#signal.aborted) return;
      if (!(error instanceof FetchFailure)) throw error;
      if (error.passing && this.#tryAgain(job, error)) return;
      const { passing, reason, detail } = error;
      outcome = { status: passing ? "failed" : "rejected", reason, detail };
    }
    this.#catalog.recordPicture(job.id, outcome);
    if (outcome.status !== "found") this.#counts[outcome.status]++;
  }

  #tryAgain(job: Job, { retryAfter }: FetchFailure): boolean {
    const { attempts = 3, backOff = 1, longestWait = 120 } = this.#options;
    if (job.attempt >= attempts || (retryAfter ?? 0) > longestWait) return false;
    if (retryAfter !== null) this.#gate.pause(job.host, retryAfter);
    const wait = retryAfter ?? backOff * 2 ** (job.attempt - 1);
    this.#track(
      delay(wait * 1000, this.#signal).then(
        () => this.#enqueue(job, job.attempt + 1),
        () => {}, // the crawl was stopped: the picture stays to be fetched
      ),
    );
    return true;
  }

  /** Counts a task among those under way; what it throws stops the crawl. */
  #track(task: Promise<void>): void {
    const tracked = task.catch((error) => {
      if (this.#signal.aborted) return;
      this.#failure ??= { error: explained(error, this.#catalog.folder) };
      this.#controller.abort(error);
    }).finally(() => {
      this.#tasks.delete(tracked);
      this.#wake();
    });
    this.#tasks.add(tracked);
  }

  #idle(): boolean {
    return this.#queues.size === 0;
  }

  #wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  #wakeAfter(milliseconds: number): void {
    delay(milliseconds, this.#signal).then(() => this.#wake(), () => {});
  }

  #settled(): number {
    return this.#counts.kept + this.#counts.rejected + this.#counts.failed;
  }

  #progress(): Progress {
    const { kept, rejected, failed } = this.#counts;
    return {
      what: "Crawling",
      done: this.#settled(),
      total: this.#known,
      resumed: this.#resumed,
      unit: "pictures",
      seconds: (performance.now() - this.#started) / 1000,
      note: `${kept} kept, ${rejected} rejected, ${failed} failed`,
    };
  }
}

function explained(error: unknown, folder: string): unknown {
  const code = (error as { code?: string } | null)?.code;
  if (code !== "ENOSPC") return error;
  return new Error(
    `The disk that holds ${folder} is full: make room and start the crawl again, it goes on ` +
      "where it stopped",
    { cause: error },
  );
}
