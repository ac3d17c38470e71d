import type { Trace } from "./trace.ts";

interface Kept {
  readonly trace: Trace;
  lastUse: number;
}

/** The traces of one function by their signatures. Beyond a maximum, that used longest ago goes. */
export class Traces {
  readonly #kept = new Map<string, Kept>();
  readonly #maximum: number;
  readonly #free: (trace: Trace) => void;
  #uses = 0;

  constructor(maximum: number, free: (trace: Trace) => void) {
    this.#maximum = Math.max(1, maximum);
    this.#free = free;
  }

  get count(): number {
    return this.#kept.size;
  }

  get(signature: string): Trace | undefined {
    const kept = this.#kept.get(signature);
    if (kept) kept.lastUse = ++this.#uses;
    return kept?.trace;
  }

  add(signature: string, trace: Trace): void {
    if (this.#kept.size >= this.#maximum) {
      const byUse = [...this.#kept].sort(([, a], [, b]) => a.lastUse - b.lastUse);
      this.delete(byUse[0]![0]);
    }
    this.#kept.set(signature, { trace, lastUse: ++this.#uses });
  }

  /** Frees a trace, if there is one of that signature. */
  delete(signature: string): void {
    const kept = this.#kept.get(signature);
    if (kept) this.#free(kept.trace);
    this.#kept.delete(signature);
  }

  clear(): void {
    for (const signature of [...this.#kept.keys()]) this.delete(signature);
  }
}
