import { cName, cString } from "../c_library/c_strings.ts";
import type { Context } from "../c_library/context.ts";
import type { Handle } from "../c_library/handles.ts";
import { pointersAt } from "../c_library/pointers.ts";
import { Status } from "../c_library/status.ts";
import type { Graph, GraphTensor } from "./graph.ts";

let made = 0;

/** A graph that TensorFlow knows as a function, and so runs, optimised, in one call. */
export class GraphFunction {
  readonly #context: Context;
  readonly #name: Uint8Array<ArrayBuffer>;
  readonly #label: string;
  readonly #outputCount: number;
  readonly #rewrite: boolean;
  #isDisposed = false;

  constructor(
    context: Context,
    graph: Graph,
    label: string,
    inputs: readonly GraphTensor[],
    outputs: readonly GraphTensor[],
    { rewrite = false }: { readonly rewrite?: boolean } = {},
  ) {
    this.#context = context;
    this.#label = label;
    this.#outputCount = outputs.length;
    this.#rewrite = rewrite;
    const name = `compiled_${made++}`;
    this.#name = cString(name);
    const { c, status } = context;
    const definition = graph.toFunction(name, inputs, outputs);
    c.TFE_ContextAddFunction(context.pointer, definition, status.pointer);
    c.TF_DeleteFunction(definition);
    status.check(() => `Compiling ${label}`);
  }

  /** Runs the function and returns the handles of its outputs, which the caller then owns. */
  run(inputs: readonly Handle[]): Deno.PointerValue[] {
    const { c, status } = this.#context;
    const op = this.#prepare(inputs, status);
    try {
      const results = new BigUint64Array(this.#outputCount);
      c.TFE_Execute(op, results, Int32Array.of(this.#outputCount), status.pointer);
      status.check(() => this.#label);
      return pointersAt(results);
    } finally {
      c.TFE_DeleteOp(op);
    }
  }

  /** The same on another thread: JavaScript goes on, and gets the handles when they are there. */
  async runOnThread(inputs: readonly Handle[]): Promise<Deno.PointerValue[]> {
    const { c } = this.#context;
    using status = new Status(c);
    const op = this.#prepare(inputs, status);
    try {
      // The op holds its inputs; these buffers are held by this call's own frame.
      const results = new BigUint64Array(this.#outputCount);
      const count = Int32Array.of(this.#outputCount);
      await c.executeOnThread(op, results, count, status.pointer);
      status.check(() => this.#label);
      return pointersAt(results);
    } finally {
      c.TFE_DeleteOp(op);
    }
  }

  #prepare(inputs: readonly Handle[], status: Status): Deno.PointerValue {
    if (this.#isDisposed) throw new Error(`${this.#label} was disposed`);
    const { c } = this.#context;
    const op = c.TFE_NewOp(this.#context.pointer, this.#name, status.pointer);
    status.check(() => this.#label);
    for (const input of inputs) c.TFE_OpAddInput(op, input.pointer, status.pointer);
    // Settings for the graph optimiser, all at their defaults: without them it does not run.
    if (this.#rewrite) c.TFE_OpSetAttrString(op, cName("config_proto"), new Uint8Array(), 0n);
    return op;
  }

  [Symbol.dispose](): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    const { c, status } = this.#context;
    c.TFE_ContextRemoveFunction(this.#context.pointer, this.#name, status.pointer);
    status.check(() => `Disposing ${this.#label}`);
  }
}
