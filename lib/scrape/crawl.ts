import { dirname } from "node:path";
import type { Catalog, PictureOutcome } from "../catalog/mod.ts";
import type { Progress } from "../run/mod.ts";
import { CircuitBreaker } from "./circuit_breaker.ts";
import { crawlDefaults, type CrawlOptions, type FullCrawlOptions } from "./crawl_options.ts";
import { delay } from "./delay.ts";
import { type Download, download } from "./download.ts";
import { FetchFailure } from "./failure.ts";
import { explainFullDisk } from "./full_disk.ts";
import { close, harvest } from "./harvest.ts";
import { HostGate } from "./host_gate.ts";
import { HostQueues, type Job } from "./host_queues.ts";
import { HttpClient } from "./http_client.ts";
import { inspectPicture } from "./inspect.ts";
import { tidyParts } from "./part_file.ts";
import { Places } from "./places.ts";
import { RobotsRules } from "./robots.ts";
import { TdmRules } from "./tdm_rules.ts";
import { productOf } from "./user_agent.ts";

/** No further result page is read while so many jobs wait: what is read is held in memory. */
const mostWaiting = 2000;

/** An engine's search that waits for the engine's pause to end. */
interface Sitting {
  /** Milliseconds on the clock of performance.now(). */
  readonly until: number;
  giveUp(): void;
}

/**
 * Searches, and fetches what the searches list. Results and files go into the catalogue; every
 * picture ends as `kept`, `rejected` or `failed`, the last two with a reason. What the crawl ends in
 * depends on the answers of the web only, not on their order, nor on whether it was stopped or
 * killed and started again: it goes on from what the catalogue holds.
 *
 * A host that lets six downloads in a row run out of time is left to a later crawl.
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
  try {
    const running = new Crawl(catalog, options, signal);
    try {
      yield* running.run();
    } finally {
      await running.close();
    }
  } catch (error) {
    throw explainFullDisk(error, catalog.folder);
  }
}

class Crawl {
  readonly #catalog: Catalog;
  readonly #options: FullCrawlOptions;
  readonly #client: HttpClient;
  readonly #gate: HostGate;
  readonly #robots: RobotsRules;
  readonly #tdm: TdmRules;
  readonly #breaker: CircuitBreaker;
  readonly #product: string;
  readonly #partFolder: string;
  /** True where an earlier crawl has left unfinished files. */
  #leftovers = false;
  /** Folders of pictures that are there. */
  readonly #folders = new Set<string>();
  readonly #controller = new AbortController();
  readonly #signal: AbortSignal;
  readonly #started = performance.now();

  readonly #queues = new HostQueues();
  /** Hosts after whose pause the crawl wakes. */
  readonly #pausesAwaited = new Set<string>();
  /** The search, and what is done with one picture. */
  readonly #tasks = new Set<Promise<void>>();
  #inspecting = 0;
  /** Decoding keeps a core busy: more at a time would take memory and no less time. */
  readonly #inspections = new Places(navigator.hardwareConcurrency);
  #searching = 0;
  readonly #sitting = new Set<Sitting>();
  #visitsSavedAt = 0;
  #changed = Promise.withResolvers<void>();
  #failure: { error: unknown } | null = null;

  readonly #counts = { kept: 0, rejected: 0, failed: 0 };
  #known = 0;
  #resumed = 0;

  constructor(catalog: Catalog, options: CrawlOptions, signal?: AbortSignal) {
    this.#catalog = catalog;
    this.#options = { ...crawlDefaults, ...options };
    const { userAgent, perHost, longestWait, enginePauses } = this.#options;
    this.#product = productOf(userAgent);
    this.#client = new HttpClient(options);
    this.#gate = new HostGate({ concurrency: 2, gap: 0.25, ...perHost }, { patience: longestWait });
    this.#robots = new RobotsRules(this.#client, { gate: this.#gate, product: this.#product });
    this.#tdm = new TdmRules(this.#client, { gate: this.#gate });
    this.#breaker = new CircuitBreaker(catalog, { pauses: enginePauses });
    this.#partFolder = catalog.resolve("pictures/parts");
    this.#signal = signal
      ? AbortSignal.any([signal, this.#controller.signal])
      : this.#controller.signal;
  }

  async *run(): AsyncGenerator<Progress> {
    await Deno.mkdir(this.#partFolder, { recursive: true });
    this.#leftovers = Array.from(Deno.readDirSync(this.#partFolder)).length > 0;
    for (const { name, until } of this.#catalog.pauses("host")) {
      this.#gate.pause(name, (until - Date.now()) / 1000);
    }
    this.#loadPictures();
    this.#track(this.#search());
    this.#signal.addEventListener("abort", () => this.#wake(), { once: true });
    this.#wake();
    yield this.#progress();
    for (;;) {
      const changed = this.#changed.promise;
      if (this.#signal.aborted || (this.#tasks.size === 0 && this.#queues.size === 0)) break;
      this.#giveUpSittings();
      await changed;
      this.#saveVisits({ atOnce: false });
      yield this.#progress();
    }
    await this.#tasksDone();
    if (this.#failure) throw this.#failure.error;
    const { maximumDistance } = this.#options;
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
    await this.#tasksDone();
    this.#client[Symbol.dispose]();
    this.#saveVisits({ atOnce: true });
    for (const { host, seconds } of this.#gate.closedHosts()) {
      const until = Date.now() + seconds * 1000;
      this.#catalog.savePause({ kind: "host", name: host, until, reason: "retry-after" });
    }
    await tidyParts(
      this.#partFolder,
      () => this.#catalog.picturesInFairOrder(["found", "failed"]).map(({ url }) => url),
    );
  }

  /** Puts what earlier crawls have left to do into the queues. */
  #loadPictures(): void {
    const { retryFailed } = this.#options;
    const statuses = retryFailed ? ["found", "failed"] as const : ["found"] as const;
    for (const { id, url, host } of this.#catalog.picturesInFairOrder(statuses)) {
      this.#queues.add({ id, url, host, rank: 0, attempt: 1 });
    }
    this.#count();
    if (retryFailed) this.#counts.failed = 0;
    this.#resumed = this.#settled();
  }

  #count(): void {
    const { found, ...settled } = this.#catalog.pictureCounts();
    Object.assign(this.#counts, settled);
    this.#known = found + this.#settled();
  }

  /** Reads result pages: all engines side by side, the queries of one engine in turn. */
  async #search(): Promise<void> {
    const { queries, retryFailed, robotsOnSearchPages } = this.#options;
    const rows = this.#catalog.addQueries(
      queries.map(({ engine, keyword, filters, offset, limit }) => ({
        engine: engine.name,
        keyword,
        filters: { ...filters, ...(offset ? { offset: String(offset) } : {}) },
        limit,
      })),
    );
    const wanted = queries.map((query, index) => ({ query, row: rows[index]! })).filter(({ row }) =>
      row.status === "open" || (retryFailed && ["blocked", "failed"].includes(row.status))
    );
    const { attempts, backOff, longestWait } = this.#options;
    const searchEngine = async (group: typeof wanted) => {
      const { name } = group[0]!.query.engine;
      const pause = this.#breaker.pauseOf(name);
      if (pause && !await this.#sitOut(pause.seconds)) {
        const message = `${name}: still paused, after an earlier ${pause.reason}`;
        return close(this.#catalog, group, "blocked", { reason: pause.reason, message });
      }
      await harvest(this.#catalog, group, {
        client: this.#client,
        gate: this.#gate,
        robots: robotsOnSearchPages ? this.#robots : null,
        attempts,
        backOff,
        longestWait,
        signal: this.#signal,
        sitOut: async (refusal) => {
          const seconds = this.#breaker.trip(name, refusal);
          return seconds !== null && await this.#sitOut(seconds);
        },
        onPage: async ({ found }) => {
          this.#known += found.length;
          for (const picture of found) this.#queues.add({ ...picture, attempt: 1 });
          this.#wake();
          while (this.#queues.size >= mostWaiting && !this.#signal.aborted) {
            await this.#changed.promise;
          }
        },
      });
    };
    const groups = [...Map.groupBy(wanted, ({ query }) => query.engine.name).values()];
    this.#searching = groups.length;
    // All of them are waited for, so that none goes on when another has stopped the crawl.
    const searches = await Promise.allSettled(
      groups.map((group) =>
        searchEngine(group).finally(() => {
          this.#searching--;
          this.#wake();
        })
      ),
    );
    for (const search of searches) if (search.status === "rejected") throw search.reason;
  }

  /** Waits while the crawl has other things to do; false where the pause outlasts them. */
  async #sitOut(seconds: number): Promise<boolean> {
    const over = new AbortController();
    const sitting = { until: performance.now() + seconds * 1000, giveUp: () => over.abort() };
    this.#sitting.add(sitting);
    this.#wake();
    try {
      await delay(seconds * 1000, AbortSignal.any([this.#signal, over.signal]));
      return true;
    } catch (error) {
      if (this.#signal.aborted) throw error;
      return false;
    } finally {
      this.#sitting.delete(sitting);
    }
  }

  /** Ends the waiting for engines where nothing else is left to do and their pauses are too long. */
  #giveUpSittings(): void {
    const othersDone = this.#sitting.size === this.#searching && this.#tasks.size === 1 &&
      this.#queues.size === 0;
    if (!othersDone) return;
    const latest = performance.now() + this.#options.waitForEngines * 1000;
    for (const sitting of this.#sitting) if (sitting.until > latest) sitting.giveUp();
  }

  #saveVisits({ atOnce }: { atOnce: boolean }): void {
    const now = performance.now();
    if (!atOnce && now - this.#visitsSavedAt < 1000) return;
    this.#visitsSavedAt = now;
    this.#catalog.addVisits(this.#gate.takeVisits());
  }

  /** Starts waiting jobs while there is room. */
  #dispatch(): void {
    if (!this.#hasRoom()) return;
    for (const host of this.#queues.hosts()) {
      const refusal = this.#gate.refusalOf(host);
      if (!refusal) continue;
      for (const { id } of this.#queues.takeAll(host)) this.#settle(id, failed(refusal));
    }
    for (let started = true; started;) {
      started = false;
      for (const host of this.#queues.inTurn(this.#options.concurrency)) {
        if (!this.#hasRoom()) return;
        const leave = this.#gate.tryEnter(host);
        if (!leave) continue;
        started = true;
        this.#track(this.#fetch(this.#queues.take(host), leave));
      }
    }
    for (const host of this.#queues.hosts()) this.#wakeAfterPause(host);
  }

  /** Requests and the inspection of what has arrived run side by side, each so many at a time. */
  #hasRoom(): boolean {
    const { concurrency } = this.#options;
    return this.#queues.running < concurrency && this.#inspecting < concurrency;
  }

  async #fetch(job: Job, leave: () => void): Promise<void> {
    const { maximumBytes, maximumRedirects, optOuts } = this.#options;
    const began = performance.now();
    try {
      const file = await download(job.url, leave, {
        client: this.#client,
        gate: this.#gate,
        robots: this.#robots,
        tdm: this.#tdm,
        product: this.#product,
        optOuts,
        maximumBytes,
        maximumRedirects,
        tried: this.#leftovers || job.attempt > 1,
        partFolder: this.#partFolder,
        signal: this.#signal,
      });
      this.#gate.ended(job.host, { timedOut: false });
      this.#inspecting++;
      this.#track(this.#takeIn(job, file).finally(() => this.#inspecting--));
    } catch (error) {
      if (this.#signal.aborted) return;
      if (!(error instanceof FetchFailure)) throw error;
      this.#gate.ended(job.host, { timedOut: error.reason === "timeout" });
      if (!error.passing || !this.#tryAgain(job, error)) this.#settle(job.id, failed(error));
    } finally {
      this.#queues.done(job.host, (performance.now() - began) / 1000);
    }
  }

  /** Judges a file that has arrived and gives it its place. */
  async #takeIn({ id }: Job, { path, sha256, bytes, format }: Download): Promise<void> {
    const { minimumSize, maximumPixels, maximumDistance } = this.#options;
    const [inspection] = await Promise.all([
      this.#inspections.run(() => inspectPicture(path, { minimumSize, maximumPixels })),
      syncToDisk(path),
    ]);
    const { perceptualHash, reason } = inspection;
    const forgotten = this.#catalog.forgottenContent({ sha256, perceptualHash, maximumDistance });
    if (forgotten) {
      await Deno.remove(path);
      this.#catalog.recordForgotten(id, forgotten);
      this.#counts.rejected++;
      return;
    }
    const file = `pictures/${sha256.slice(0, 2)}/${sha256}.${format}`;
    const target = this.#catalog.resolve(file);
    if (!this.#folders.has(dirname(target))) {
      await Deno.mkdir(dirname(target), { recursive: true });
      this.#folders.add(dirname(target));
    }
    await Deno.rename(path, target);
    const status = reason === null ? "kept" : "rejected";
    this.#settle(id, { ...inspection, status, sha256, file, bytes, format });
  }

  #settle(id: number, outcome: PictureOutcome): void {
    this.#catalog.recordPicture(id, outcome);
    if (outcome.status !== "found") this.#counts[outcome.status]++;
  }

  #tryAgain(job: Job, { retryAfter }: FetchFailure): boolean {
    const { attempts, backOff } = this.#options;
    if (retryAfter !== null) this.#gate.pause(job.host, retryAfter);
    if (job.attempt >= attempts || this.#gate.refusalOf(job.host)) return false;
    const wait = retryAfter ?? backOff * 2 ** (job.attempt - 1);
    this.#track(
      delay(wait * 1000, this.#signal).then(
        () => this.#queues.add({ ...job, attempt: job.attempt + 1 }),
        () => {}, // the crawl was stopped: the picture stays to be fetched
      ),
    );
    return true;
  }

  /** Counts a task among those under way; what it throws stops the crawl. */
  #track(task: Promise<void>): void {
    const tracked = task.catch((error) => this.#stop(error)).finally(() => {
      this.#tasks.delete(tracked);
      this.#wake();
    });
    this.#tasks.add(tracked);
  }

  /** Waits for all tasks, those included that others start as they end. */
  async #tasksDone(): Promise<void> {
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
  }

  #stop(error: unknown): void {
    if (this.#signal.aborted) return;
    this.#failure ??= { error };
    this.#controller.abort(error);
  }

  /** Something has changed: goes on with what can be done, whether or not a reader waits. */
  #wake(): void {
    try {
      if (!this.#signal.aborted) this.#dispatch();
    } catch (error) {
      this.#stop(error);
    }
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  /** One timer a host, however often there is something to wake for in the meantime. */
  #wakeAfterPause(host: string): void {
    const pause = this.#gate.pauseOf(host);
    if (pause === 0 || this.#pausesAwaited.has(host)) return;
    this.#pausesAwaited.add(host);
    delay(pause, this.#signal).then(() => {
      this.#pausesAwaited.delete(host);
      this.#wake();
    }, () => {});
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

function failed({ passing, reason, detail }: FetchFailure): PictureOutcome {
  return { status: passing ? "failed" : "rejected", reason, detail };
}

async function syncToDisk(path: string): Promise<void> {
  using file = await Deno.open(path);
  await file.syncData();
}
