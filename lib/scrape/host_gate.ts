import { delay } from "./delay.ts";

/** How gently a single host is treated. */
export interface HostManners {
  /** Most requests at one time. */
  readonly concurrency: number;
  /** Least seconds between the starts of two requests. */
  readonly gap: number;
}

interface HostState {
  running: number;
  nextStart: number;
  pausedUntil: number;
  gap: number;
}

/** Knows for every host how many requests are running and when the next may start. */
export class HostGate {
  readonly #manners: HostManners;
  readonly #hosts = new Map<string, HostState>();
  #changed = Promise.withResolvers<void>();

  constructor(manners: HostManners) {
    this.#manners = manners;
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

  /** Waits for a place at the host. The caller must hold no other place, or two could wait forever. */
  async enter(host: string, signal?: AbortSignal): Promise<() => void> {
    for (;;) {
      signal?.throwIfAborted();
      const leave = this.tryEnter(host);
      if (leave) return leave;
      const pause = this.pauseOf(host);
      await (pause > 0 ? delay(pause, signal) : this.#changed.promise);
    }
  }

  /** Waits until the gap to the start before is over, and starts. */
  async pace(host: string, signal?: AbortSignal): Promise<void> {
    const state = this.#state(host);
    const now = performance.now();
    const start = Math.max(now, state.nextStart);
    state.nextStart = start + state.gap * 1000;
    if (start > now) await delay(start - now, signal);
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

  /** Raises the host's gap to at least this many seconds (a Crawl-delay). */
  slowDown(host: string, seconds: number): void {
    const state = this.#state(host);
    state.gap = Math.max(state.gap, seconds);
  }

  #state(host: string): HostState {
    let state = this.#hosts.get(host);
    if (!state) {
      state = { running: 0, nextStart: 0, pausedUntil: 0, gap: this.#manners.gap };
      this.#hosts.set(host, state);
    }
    return state;
  }
}
