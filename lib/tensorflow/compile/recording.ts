import type { Attribute } from "../c_library/attributes.ts";
import { describeTensor, elementCount } from "../c_library/data_types.ts";
import type { Binding, Recorder, TensorMetadata } from "../backend/binding.ts";
import { additionOf } from "./bias.ts";
import { Graph, type GraphTensor, UnknownShapeError } from "./graph.ts";
import { TraceError } from "./trace_error.ts";

/** A tensor that has no values yet: it stands for one in the graph. */
interface TracedTensor {
  readonly dtype: number;
  readonly shape: number[];
  /** Its place in the graph, made when it is first needed. */
  tensor: GraphTensor | null;
  /** What to bind to it when the graph runs, for symbols that are inputs. */
  readonly source: unknown;
}

/** An input of the recorded graph, and where its value comes from. */
export interface RecordedInput<Source> {
  readonly tensor: GraphTensor;
  /** A source that was given to {@link Recording.symbol}, or the number of a captured tensor. */
  readonly source: Source | { readonly captured: number };
}

/**
 * Records ops into a graph in place of running them. Tensors that existed before are captured:
 * small ones as constants, others as inputs. `Source` is what the caller tells its own inputs by.
 */
export class Recording<Source> implements Recorder {
  readonly graph: Graph;
  readonly inputs: RecordedInput<Source>[] = [];
  readonly #binding: Binding;
  readonly #constantLimit: number;
  readonly #symbols = new Map<number, TracedTensor>();
  readonly #outer = new Map<number, GraphTensor>();
  readonly #deleted = new Set<number>();

  /**
   * @param constantLimit Tensors with values (captured, or made of numbers inside the function) that
   *   have up to this many elements become constants, and ops on such tensors alone run while
   *   recording: shapes, axes and the like must be known to the graph. Larger ones are inputs.
   */
  constructor(binding: Binding, constantLimit = 1024) {
    this.#binding = binding;
    this.#constantLimit = constantLimit;
    this.graph = new Graph(binding.context);
  }

  /** A tensor whose value comes from `source` when the graph runs. Unused, it costs nothing. */
  symbol(dtype: number, shape: readonly number[], source: Source): TensorMetadata {
    return this.#newSymbol({ dtype, shape: [...shape], tensor: null, source });
  }

  #newSymbol(symbol: TracedTensor): TensorMetadata {
    const id = this.#binding.handles.reserve();
    this.#symbols.set(id, symbol);
    return { id, dtype: symbol.dtype, shape: symbol.shape };
  }

  create(shape: readonly number[], dtype: number, values: unknown): number {
    return this.#binding.handles.create(shape, dtype, values);
  }

  /** Symbols and tensors may still be needed by the graph: they go when the recording ends. */
  delete(id: number): void {
    if (this.#symbols.has(id)) return;
    this.#binding.handles.get(id);
    this.#deleted.add(id);
  }

  read(id: number): unknown {
    if (this.#symbols.has(id)) {
      throw new TraceError(
        "The values of a tensor are read (data, array, print, or a condition on them) inside " +
          "compile(), where tensors have no values yet. Return the tensor and read it outside, " +
          "or write the condition with tf.where",
      );
    }
    return this.#binding.handles.read(id);
  }

  executeOp(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputCount: number,
  ): TensorMetadata[] {
    if (this.#isConstant(inputs)) {
      const results = this.#runNow(name, attributes, inputs, outputCount);
      if (results) return results;
    }
    if (this.#binding.context.definitions.of(name).isStateful) {
      throw new TraceError(
        `The op ${name} keeps or changes a state of its own, which compile() does not support. ` +
          "Move it out of the compiled function",
      );
    }
    try {
      const tensors = inputs.map((id) => this.tensor(id));
      const op = additionOf(name, tensors);
      return this.record((graph) => graph.add(op, attributes, tensors, outputCount));
    } catch (error) {
      if (!(error instanceof UnknownShapeError)) throw error;
      throw new TraceError(
        `${error.message}, and compile() needs to know every shape. Move this op out of the ` +
          "compiled function",
        { cause: error },
      );
    }
  }

  /** Lets `build` add to the graph, and gives tensors for what that returns. */
  record(build: (graph: Graph) => GraphTensor[]): TensorMetadata[] {
    return build(this.graph).map((tensor) =>
      this.#newSymbol({ dtype: tensor.dtype, shape: tensor.shape, tensor, source: null })
    );
  }

  /** The place of a tensor in the graph. */
  tensor(id: number): GraphTensor {
    const symbol = this.#symbols.get(id);
    if (symbol) {
      if (!symbol.tensor) {
        symbol.tensor = this.graph.placeholder(symbol.dtype, symbol.shape);
        this.inputs.push({ tensor: symbol.tensor, source: symbol.source as Source });
      }
      return symbol.tensor;
    }
    let tensor = this.#outer.get(id);
    if (!tensor) {
      tensor = this.#bringIn(id);
      this.#outer.set(id, tensor);
    }
    return tensor;
  }

  #bringIn(id: number): GraphTensor {
    const { dtype, shape, pointer } = this.#binding.handles.get(id);
    if (elementCount(shape) <= this.#constantLimit) {
      const { c, status } = this.#binding.context;
      const values = c.TFE_TensorHandleResolve(pointer, status.pointer);
      status.check(() => `Reading ${describeTensor({ dtype, shape })}`);
      try {
        return this.graph.constant(values, dtype, shape);
      } finally {
        c.TF_DeleteTensor(values);
      }
    }
    const tensor = this.graph.placeholder(dtype, shape);
    this.inputs.push({ tensor, source: { captured: this.#binding.handles.share(id) } });
    return tensor;
  }

  #isConstant(inputs: readonly number[]): boolean {
    return inputs.every((id) =>
      !this.#symbols.has(id) &&
      elementCount(this.#binding.handles.get(id).shape) <= this.#constantLimit
    );
  }

  /** Runs an op on constants; null where the result is too large to be a constant itself. */
  #runNow(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputCount: number,
  ): TensorMetadata[] | null {
    const { definitions } = this.#binding.context;
    if (definitions.of(name).isStateful) return null;
    const results = this.#binding.executeNow(name, attributes, inputs, outputCount);
    if (results.some(({ shape }) => elementCount(shape) > this.#constantLimit)) {
      for (const { id } of results) this.#binding.handles.delete(id);
      return null;
    }
    return results;
  }

  /** Frees everything but the captured tensors, which belong to who takes {@link inputs}. */
  [Symbol.dispose](): void {
    this.graph[Symbol.dispose]();
    for (const id of this.#deleted) this.#binding.handles.delete(id);
  }
}
