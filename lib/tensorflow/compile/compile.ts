import { tensorFlowBackend } from "../engine.ts";
import { tf } from "../tfjs.ts";
import { type Inputs, runTrace, runTraceOnThread } from "./compiled_call.ts";
import { isUnchanged } from "./optimizers.ts";
import { javaScriptRandom, tensorFlowRandom, withRandom } from "./random.ts";
import { signatureOf, takeApart } from "./structure.ts";
import { type Call, type Trace, traceCall } from "./trace.ts";
import { Traces } from "./traces.ts";

/** How a function is compiled. */
export interface CompileOptions {
  /** What error messages call it; by default the function's own name. */
  readonly name?: string;
  /** What its random numbers are drawn by (default 0): the same seed gives the same sequence. */
  readonly seed?: number;
  /** How many traces are kept, for as many shapes of arguments (default 16). */
  readonly maximumTraces?: number;
  /**
   * Whether the very first call runs op by op (default true). It is there that a function may make
   * variables, as optimizers make theirs. A function that makes none can do without.
   */
  readonly firstCallEager?: boolean;
  /**
   * Whether TensorFlow's graph optimiser rewrites the function (default false): among others it joins
   * convolutions with what follows. The face networks gain 8 to 14 %; last bits may differ. All
   * tensors that the function reaches become constants, which oneDNN brings into its own order once
   * and not in every call: another 1 to 15 %, and each trace has a copy of them.
   */
  readonly rewrite?: boolean;
}

/** A compiled function. */
export interface Compiled<Args extends unknown[], Result> {
  /** Runs it and gives its result. */
  (...args: Args): Result;
  /** Runs it on another thread, so that the notebook answers meanwhile; calls queue up. */
  async(...args: Args): Promise<Result>;
  /** Number of traces at this moment. */
  readonly traces: number;
  /** Frees the graphs and the tensors they captured. Calling it afterwards is an error. */
  dispose(): void;
  [Symbol.dispose](): void;
}

/**
 * Turns a function over tensors into one that TensorFlow runs as a whole: the second call records
 * what `fn` does into a graph, and from then on a call is a single, optimised step in C. Results
 * are those of `fn` itself.
 *
 * ```ts
 * const step = compile((images: tf.Tensor4D) =>
 *   optimizer.minimize(() => loss(model.apply(images), images), true)
 * );
 * const loss = step(batch); // or: await step.async(batch)
 * ```
 *
 * - Arguments and results are tensors, and arrays and plain objects of them. Another shape or type
 *   of an argument is traced anew. Numbers and texts among the arguments are part of the trace:
 *   another value is traced anew, so pass what changes often as a tensor.
 * - Variables are read and assigned as ever: weights, the optimizer's moments, moving averages.
 *   They may be made in the first call only, which runs op by op.
 * - Anything else that `fn` reaches is read once, at the trace: a tensor keeps the value it has (a
 *   tensor never changes), a number stays as it was. The settings of the optimizers of `tf.train`
 *   are watched: a new learning rate is traced anew, which takes as long as the first trace.
 * - `tf.randomNormal`, `tf.randomUniform`, `tf.truncatedNormal` and dropout give new numbers at
 *   every call, the same sequence for the same `seed`.
 * - Reading values (`dataSync`, `print`), ops whose result's shape depends on values, and
 *   asynchronous functions are errors that name the line.
 * - On the other engines `fn` runs op by op. So does a compiled function inside `tf.grad` and its
 *   kind, and one that is called by another becomes part of that one's trace.
 */
export function compile<Args extends unknown[], Result>(
  fn: (...args: Args) => Result,
  options: CompileOptions = {},
): Compiled<Args, Result> {
  const compiled = new CompiledFunction(fn as (...args: unknown[]) => unknown, options);
  const call = (...args: Args) => compiled.call(args) as Result;
  return Object.defineProperties(call, {
    async: { value: (...args: Args) => compiled.callOnThread(args) as Promise<Result> },
    traces: { get: () => compiled.traces },
    dispose: { value: () => compiled.dispose() },
    [Symbol.dispose]: { value: () => compiled.dispose() },
  }) as Compiled<Args, Result>;
}

class CompiledFunction {
  readonly #fn: (...args: unknown[]) => unknown;
  readonly #label: string;
  readonly #seed: number;
  readonly #rewrite: boolean;
  readonly #traces: Traces;
  #calls = 0;
  #isFirst: boolean;
  #running = 0;
  #tail: Promise<unknown> = Promise.resolve();
  #isDisposed = false;

  constructor(fn: (...args: unknown[]) => unknown, options: CompileOptions) {
    this.#fn = fn;
    this.#label = `The compiled function ${options.name ?? (fn.name || "(without a name)")}`;
    this.#seed = options.seed ?? 0;
    this.#rewrite = options.rewrite ?? false;
    this.#traces = new Traces(options.maximumTraces ?? 16, free);
    this.#isFirst = options.firstCallEager ?? true;
  }

  get traces(): number {
    return this.#traces.count;
  }

  call(args: unknown[]): unknown {
    if (this.#isDisposed) throw new Error(`${this.#label} was disposed`);
    // Inside another trace, and where a gradient is taken of the result, every op must be seen.
    const isWatched = tensorFlowBackend?.binding.recorder || tf.engine().state.gradientDepth > 0;
    if (isWatched) return this.#fn(...args);
    if (this.#running > 0) {
      throw new Error(`${this.#label} is still running: await its call before the next one`);
    }
    if (this.#runsEagerly()) return this.#callEagerly(args);
    const { key, trace, inputs } = this.#prepare(args);
    try {
      return runTrace(tensorFlowBackend!, trace, inputs);
    } catch (error) {
      this.#traces.delete(key); // It may have left temporary variables behind.
      throw error;
    }
  }

  callOnThread(args: unknown[]): Promise<unknown> {
    this.#running++;
    const result = this.#tail.then(async () => {
      if (this.#isDisposed) throw new Error(`${this.#label} was disposed`);
      if (this.#runsEagerly()) return this.#callEagerly(args);
      const { key, trace, inputs } = this.#prepare(args);
      try {
        return await runTraceOnThread(tensorFlowBackend!, trace, inputs);
      } catch (error) {
        this.#traces.delete(key);
        throw error;
      }
    }).finally(() => this.#running--);
    this.#tail = result.catch(() => {}); // The caller has the error; the queue goes on.
    return result;
  }

  dispose(): void {
    if (this.#running > 0) throw new Error(`${this.#label} is still running: await its call`);
    this.#isDisposed = true;
    this.#traces.clear();
  }

  #runsEagerly(): boolean {
    return tensorFlowBackend === null || this.#isFirst;
  }

  #callEagerly(args: unknown[]): unknown {
    this.#isFirst = false;
    const seeds = this.#nextSeeds();
    return tf.tidy(() => {
      const random = tensorFlowBackend
        ? tensorFlowRandom(tensorFlowBackend, tf.tensor1d(seeds, "int32"))
        : javaScriptRandom(...seeds);
      return withRandom(random, () => this.#fn(...args)) as never;
    });
  }

  #nextSeeds(): [number, number] {
    return [this.#seed | 0, this.#calls++ | 0];
  }

  #prepare(args: unknown[]): { key: string; trace: Trace; inputs: Inputs } {
    const { structure, tensors } = takeApart(args);
    const key = signatureOf(structure, tensors);
    let trace = this.#traces.get(key);
    if (!trace?.optimizers.every(isUnchanged)) {
      this.#traces.delete(key);
      const call: Call = {
        label: this.#label,
        fn: this.#fn,
        structure,
        tensors,
        rewrite: this.#rewrite,
      };
      trace = traceCall(tensorFlowBackend!, call);
      this.#traces.add(key, trace);
    }
    return { key, trace, inputs: { tensors, seeds: this.#nextSeeds() } };
  }
}

function free(trace: Trace): void {
  trace.run[Symbol.dispose]();
  for (const source of trace.sources) {
    if ("captured" in source) tensorFlowBackend!.binding.handles.delete(source.captured);
  }
}
