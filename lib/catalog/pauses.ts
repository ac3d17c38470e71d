import type { Store } from "./store.ts";

/** An engine or a host that is to be left alone for a while. */
export interface Pause {
  readonly kind: "engine" | "host";
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly until: number;
  /** Why, in a word: `captcha`. */
  readonly reason: string;
}

/** Stores a pause; it replaces one of the same name. */
export function savePause(store: Store, { kind, name, until, reason }: Pause): void {
  store.run(
    `INSERT OR REPLACE INTO pauses (kind, name, until, reason)
     VALUES (:kind, :name, :until, :reason)`,
    { kind, name, until: Math.round(until), reason },
  );
}

/** Pauses of the kind, those that are over included. */
export function pauses(store: Store, kind: Pause["kind"]): Pause[] {
  return store.all(
    "SELECT kind, name, until, reason FROM pauses WHERE kind = :kind ORDER BY name",
    { kind },
  );
}
