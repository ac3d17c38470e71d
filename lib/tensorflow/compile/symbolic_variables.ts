import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import type { NodeBackend } from "../backend/register.ts";
import { tf } from "../tfjs.ts";
import type { Recording } from "./recording.ts";
import { symbolLike } from "./symbol_like.ts";
import type { Source } from "./trace.ts";

interface Saved {
  readonly variable: Variable;
  /** Its value before the trace, kept alive by this clone. */
  readonly value: Tensor;
  /** The number of the symbol that stands for that value in the graph. */
  readonly symbol: number;
}

/**
 * Gives every variable of the process a symbol for a value while a function is traced. A variable
 * that holds another symbol afterwards was assigned. Nothing is told by which tensor a variable
 * happens to hold: two of them may hold the same one.
 */
export class SymbolicVariables {
  readonly #backend: NodeBackend;
  readonly #saved: Saved[] = [];

  constructor(backend: NodeBackend) {
    this.#backend = backend;
  }

  /** Puts the symbols in place. */
  replace(recording: Recording<Source>): void {
    for (const variable of Object.values(tf.engine().state.registeredVariables)) {
      const value = variable.clone();
      const symbol = symbolLike(this.#backend, recording, variable, { variable });
      const { id } = this.#backend.tensorMap.get(symbol.dataId);
      this.#saved.push({ variable, value, symbol: id });
      variable.assign(symbol);
      symbol.dispose();
    }
  }

  /** The variables that were assigned, in the order in which they were made. */
  assigned(): Variable[] {
    return this.#saved
      .filter(({ variable, symbol }) => this.#backend.tensorMap.get(variable.dataId).id !== symbol)
      .map(({ variable }) => variable);
  }

  /** Gives all variables their values from before the trace. */
  restore(): void {
    for (const { variable, value } of this.#saved) {
      variable.assign(value);
      value.dispose();
    }
  }
}
