import type { Visits } from "../catalog/mod.ts";
import { delay } from "./delay.ts";
import { FetchFailure } from "./failure.ts";

/** How gently a single host is treated. */
export interface HostManners {
  /** Most requests at one time. */
  readonly concurrency: number;
  /** Least seconds between the starts of two requests. */
  readonly gap: number;
}

/** A host that lets so many downloads in a row run out of time is left alone. */
const mostTimeouts = 6;

interface HostState {
  running: number;
  /** Downloads in a row that ran out of time. */
  timeouts: number;
  lastStart: number;
  pausedUntil: number;
  gap: number;
  /** Ends when the newest of those that wait for their start has started. */
  turn: Promise<void>;
  requests: number;
  smallestGap: number;
}

/** Knows for every host how many requests are running and when the next may start. */
export class HostGate {
  readonly #manners: HostManners;
  readonly #patience: number;
  readonly #hosts = new Map<string, HostState>();
  #changed = Promise.withResolvers<void>();

  /** @param options patience: longest pause of a host, in seconds, that is waited for */
  constructor(manners: HostManners, { patience = Infinity }: { patience?: number } = {}) {
    this.#manners = manners;
    this.#patience = patience;
  }

  /** Takes a place at the host if one is free now; null otherwise. The result gives it back. */
  tryEnter(host: string): (() => void) | null {
    const state = this.#state(host);
    if (state.running >= this.#manners.concurrency || performance.now() < state.pausedUntil) {
      return null;
    }
    state.running++;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      state.running--;
      this.#changed.resolve();
      this.#changed = Promise.withResolvers();
    };
  }

  /**
   * Waits for a place at the host. The caller must hold no other place, or two could wait forever.
   *
   * @throws FetchFailure where the host is left alone
   */
  async enter(host: string, signal?: AbortSignal): Promise<() => void> {
    for (;;) {
      signal?.throwIfAborted();
      const leave = this.tryEnter(host);
      if (leave) return leave;
      this.#refuseClosed(host);
      const pause = this.pauseOf(host);
      await (pause > 0 ? delay(pause, signal) : this.#changed.promise);
    }
  }

  /**
   * Waits until the host's gap and its pause are over, one visitor after the other, and starts.
   *
   * @throws FetchFailure where the host is left alone
   */
  pace(host: string, signal?: AbortSignal): Promise<void> {
    const state = this.#state(host);
    const start = state.turn.then(async () => {
      for (;;) {
        signal?.throwIfAborted();
        this.#refuseClosed(host);
        const now = performance.now();
        const earliest = Math.max(state.lastStart + state.gap * 1000, state.pausedUntil);
        if (now >= earliest) return this.#start(state, now);
        await delay(earliest - now, signal);
      }
    });
    state.turn = start.catch(() => {});
    return start;
  }

  /** No request to the host for this many seconds. */
  pause(host: string, seconds: number): void {
    const state = this.#state(host);
    state.pausedUntil = Math.max(state.pausedUntil, performance.now() + seconds * 1000);
  }

  /** Milliseconds until the host's pause ends, 0 when there is none. */
  pauseOf(host: string): number {
    return Math.max(0, this.#state(host).pausedUntil - performance.now());
  }

  /** A download from the host has ended. */
  ended(host: string, { timedOut }: { readonly timedOut: boolean }): void {
    const state = this.#state(host);
    state.timeouts = timedOut ? state.timeouts + 1 : 0;
  }

  /** Why the host is left alone, so that what is left there waits for a later run; or null. */
  refusalOf(host: string): FetchFailure | null {
    if (this.#isPausedTooLong(host)) {
      const detail = `${host} asked for a longer pause than is waited for`;
      return new FetchFailure("told-to-wait", { passing: true, detail });
    }
    if (this.#state(host).timeouts >= mostTimeouts) {
      const detail = `not asked: ${host} let ${mostTimeouts} downloads in a row run out of time`;
      return new FetchFailure("timeout", { passing: true, detail });
    }
    return null;
  }

  /** Hosts whose pause is longer than is waited for, with the seconds that are left of it. */
  closedHosts(): { host: string; seconds: number }[] {
    return [...this.#hosts.keys()].filter((host) => this.#isPausedTooLong(host))
      .map((host) => ({ host, seconds: this.pauseOf(host) / 1000 }));
  }

  /** Raises the host's gap to at least this many seconds (a Crawl-delay). */
  slowDown(host: string, seconds: number): void {
    const state = this.#state(host);
    state.gap = Math.max(state.gap, seconds);
  }

  /** The requests since the last call. */
  takeVisits(): Visits[] {
    const visits: Visits[] = [];
    for (const [host, state] of this.#hosts) {
      const { requests, smallestGap } = state;
      if (requests === 0) continue;
      visits.push({ host, requests, smallestGap: isFinite(smallestGap) ? smallestGap : null });
      Object.assign(state, { requests: 0, smallestGap: Infinity });
    }
    return visits;
  }

  #start(state: HostState, now: number): void {
    state.smallestGap = Math.min(state.smallestGap, (now - state.lastStart) / 1000);
    state.lastStart = now;
    state.requests++;
  }

  #isPausedTooLong(host: string): boolean {
    return this.pauseOf(host) > this.#patience * 1000;
  }

  #refuseClosed(host: string): void {
    const refusal = this.refusalOf(host);
    if (refusal) throw refusal;
  }

  #state(host: string): HostState {
    let state = this.#hosts.get(host);
    if (!state) {
      state = {
        running: 0,
        timeouts: 0,
        lastStart: -Infinity,
        pausedUntil: 0,
        gap: this.#manners.gap,
        turn: Promise.resolve(),
        requests: 0,
        smallestGap: Infinity,
      };
      this.#hosts.set(host, state);
    }
    return state;
  }
}
