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

interface HostState {
  running: number;
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
   * @throws FetchFailure where the host's pause is longer than is waited for
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
   * @throws FetchFailure where the host's pause is longer than is waited for
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

  /** True where the host's pause is longer than is waited for. */
  isClosed(host: string): boolean {
    return this.pauseOf(host) > this.#patience * 1000;
  }

  /** Hosts whose pause is longer than is waited for, with the seconds that are left of it. */
  closedHosts(): { host: string; seconds: number }[] {
    return [...this.#hosts.keys()].filter((host) => this.isClosed(host))
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

  #refuseClosed(host: string): void {
    if (this.isClosed(host)) throw toldToWait(host);
  }

  #state(host: string): HostState {
    let state = this.#hosts.get(host);
    if (!state) {
      state = {
        running: 0,
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

/** The host has asked for a longer pause than is waited for: what is left there waits for a later run. */
export function toldToWait(host: string): FetchFailure {
  return new FetchFailure("told-to-wait", {
    passing: true,
    detail: `${host} asked for a longer pause than is waited for`,
  });
}
