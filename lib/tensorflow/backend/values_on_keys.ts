import { tf } from "../tfjs.ts";
import type { NodeBackend } from "./register.ts";

/**
 * A `WeakMap` that keeps each value on its key. V8 rebuilds a WeakMap of more than a hundred
 * entries at every few dozen changes, straight into the old part of its heap: training would leave
 * tens of megabytes of outgrown tables behind before they are collected.
 */
class ValuesOnKeys<Value> {
  readonly #place = Symbol("value");

  has(key: object): boolean {
    return this.get(key) !== undefined;
  }

  get(key: object): Value | undefined {
    return (key as Record<symbol, Value | undefined>)[this.#place];
  }

  set(key: object, value: Value): this {
    (key as Record<symbol, Value | undefined>)[this.#place] = value;
    return this;
  }

  delete(key: object): boolean {
    const had = this.has(key);
    if (had) (key as Record<symbol, Value | undefined>)[this.#place] = undefined;
    return had;
  }
}

/** Keeps what TensorFlow.js and its backend know of each tensor's data on the data's key. */
export function keepValuesOnKeys(backend: NodeBackend): void {
  const { state } = tf.engine() as unknown as { state: { tensorInfo: unknown } };
  state.tensorInfo = new ValuesOnKeys();
  const storage = backend.tensorMap as unknown as { data: unknown };
  storage.data = new ValuesOnKeys();
}
