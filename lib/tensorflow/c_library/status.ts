import { textAt } from "./c_strings.ts";
import type { CLibrary } from "./open_library.ts";

/** An error that TensorFlow itself reported. */
export class TensorFlowError extends Error {
  override readonly name = "TensorFlowError";
  /** TensorFlow's own code: 3 is "invalid argument", 5 "not found", 12 "not implemented". */
  readonly code: number;

  constructor(message: string, code: number) {
    super(message);
    this.code = code;
  }
}

/** A `TF_Status`: the place where a C function leaves its error. */
export class Status {
  readonly pointer: Deno.PointerValue;
  readonly #c: CLibrary;

  constructor(c: CLibrary) {
    this.#c = c;
    this.pointer = c.TF_NewStatus();
  }

  /** Throws what the last call left here. `what` is asked for only then: "op Conv2D (...)". */
  check(what: () => string): void {
    const code = this.#c.TF_GetCode(this.pointer);
    if (code === 0) return;
    const message = textAt(this.#c.TF_Message(this.pointer))
      .replace(/\{\{.*?\}\} ?/g, "") // names of nodes, which are ours and tell nothing
      .replace(/\s*; NodeDef:.*/s, "").trim();
    throw new TensorFlowError(`${what()} failed: ${message}`, code);
  }

  [Symbol.dispose](): void {
    this.#c.TF_DeleteStatus(this.pointer);
  }
}
