import type { Catalog } from "../catalog/mod.ts";
import type { EngineErrorReason } from "./engine.ts";

/** Seconds for which an engine is left alone, by what it has answered. */
export type EnginePauses = Readonly<Partial<Record<EngineErrorReason, number>>>;

/** Three minutes after a plain refusal, an hour after a question for a human. */
const defaultPauses: EnginePauses = { blocked: 180, captcha: 3600, consent: 3600 };

/**
 * Keeps engines that have refused from being asked again too soon. Pauses are kept in the catalogue,
 * so that a crawl that is started anew minds them too.
 */
export class CircuitBreaker {
  readonly #catalog: Catalog;
  readonly #pauses: EnginePauses;
  readonly #clock: () => number;

  constructor(
    catalog: Catalog,
    { pauses = {}, clock = Date.now }: {
      /** Seconds in place of the default ones. */
      pauses?: EnginePauses;
      /** Milliseconds since 1970. */
      clock?: () => number;
    } = {},
  ) {
    this.#catalog = catalog;
    this.#pauses = { ...defaultPauses, ...pauses };
    this.#clock = clock;
  }

  /**
   * Notes a refusal.
   *
   * @param refusal retryAfter: seconds that the engine itself has asked for, in place of ours
   * @returns the seconds to wait, or null where waiting does not help
   */
  trip(
    engine: string,
    { reason, retryAfter }: { reason: EngineErrorReason; retryAfter: number | null },
  ): number | null {
    const own = this.#pauses[reason];
    if (own === undefined) return null;
    const seconds = retryAfter ?? own;
    const until = this.#clock() + seconds * 1000;
    this.#catalog.savePause({ kind: "engine", name: engine, until, reason });
    return seconds;
  }

  /** The pause that an engine is in, with the seconds that are left of it, or null. */
  pauseOf(engine: string): { reason: EngineErrorReason; seconds: number } | null {
    const row = this.#catalog.pauses("engine").find(({ name }) => name === engine);
    const seconds = row ? (row.until - this.#clock()) / 1000 : 0;
    return row && seconds > 0 ? { reason: row.reason as EngineErrorReason, seconds } : null;
  }
}
