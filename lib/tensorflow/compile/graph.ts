import { graphSetters } from "../c_library/attribute_setters.ts";
import { type Attribute, setAttribute } from "../c_library/attributes.ts";
import { cName, cString } from "../c_library/c_strings.ts";
import type { Context } from "../c_library/context.ts";
import { describeTensor } from "../c_library/data_types.ts";
import {
  type GraphOutput,
  operationOf,
  outputArray,
  outputOf,
} from "../c_library/graph_outputs.ts";
import { isList } from "../c_library/op_definitions.ts";
import { pointerArray } from "../c_library/pointers.ts";
import { groupInputs } from "./op_inputs.ts";

/** A tensor that will have a value when the graph runs. */
export interface GraphTensor {
  readonly output: GraphOutput;
  readonly dtype: number;
  readonly shape: number[];
}

/** A TensorFlow graph under construction. */
export class Graph {
  readonly #context: Context;
  readonly #graph: Deno.PointerValue;
  readonly #setters;
  #operations = 0;

  constructor(context: Context) {
    this.#context = context;
    this.#graph = context.c.TF_NewGraph();
    this.#setters = graphSetters(context.c);
  }

  /** An input of the graph. */
  placeholder(dtype: number, shape: readonly number[]): GraphTensor {
    const { c, status } = this.#context;
    const operation = this.#begin("Placeholder");
    c.TF_SetAttrType(operation, cName("dtype"), dtype);
    const sizes = BigInt64Array.from(shape, BigInt);
    c.TF_SetAttrShape(operation, cName("shape"), sizes, shape.length);
    // A function keeps this attribute of its arguments, so that the optimiser knows their shapes.
    const pointers = pointerArray([Deno.UnsafePointer.of(sizes)]);
    c.TF_SetAttrShapeList(
      operation,
      cName("_output_shapes"),
      pointers,
      Int32Array.of(shape.length),
      1,
    );
    const finished = c.TF_FinishOperation(operation, status.pointer);
    status.check(() => "Adding an input to a graph");
    return { output: outputOf(finished, 0), dtype, shape: [...shape] };
  }

  /** A constant with the values of a `TF_Tensor`, which are copied. */
  constant(tensor: Deno.PointerValue, dtype: number, shape: readonly number[]): GraphTensor {
    const { c, status } = this.#context;
    const operation = this.#begin("Const");
    c.TF_SetAttrType(operation, cName("dtype"), dtype);
    c.TF_SetAttrTensor(operation, cName("value"), tensor, status.pointer);
    const finished = c.TF_FinishOperation(operation, status.pointer);
    status.check(() => `Adding a constant ${describeTensor({ dtype, shape })} to a graph`);
    return { output: outputOf(finished, 0), dtype, shape: [...shape] };
  }

  /**
   * Adds an op, to run after `earlier` ones. Outputs whose shapes TensorFlow cannot tell beforehand
   * are an error.
   */
  add(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly GraphTensor[],
    outputCount: number,
    earlier: readonly GraphTensor[] = [],
  ): GraphTensor[] {
    const { c, status, definitions } = this.#context;
    const definition = definitions.of(name);
    const groups = groupInputs(definition, attributes, inputs);
    const counts = new Set(definition.inputs.map((input) => input.numberAttribute));
    const operation = this.#begin(name);
    definition.inputs.forEach((input, position) => {
      const group = groups[position]!;
      if (isList(input)) c.TF_AddInputList(operation, arrayOf(group), group.length);
      else c.TF_AddInput(operation, group[0]!.output);
    });
    for (const { output } of earlier) c.TF_AddControlInput(operation, operationOf(output));
    let failure: unknown = null;
    try {
      for (const attribute of attributes) {
        // TensorFlow counts the list itself, and takes its count being set as a second setting.
        if (!counts.has(attribute.name)) {
          setAttribute(this.#setters, operation, definition, attribute);
        }
      }
    } catch (error) {
      failure = error;
    }
    const finished = c.TF_FinishOperation(operation, status.pointer);
    if (failure) throw failure;
    const describe = () => `Op ${name}(${inputs.map(describeTensor).join(", ")})`;
    status.check(describe);
    const count = Math.min(outputCount, c.TF_OperationNumOutputs(finished));
    return Array.from({ length: count }, (_, index) => {
      const output = outputOf(finished, index);
      return {
        output,
        dtype: c.TF_OperationOutputType(output),
        shape: this.#shapeOf(output, describe),
      };
    });
  }

  /** Makes a function of the graph. Who calls this deletes it. */
  toFunction(
    name: string,
    inputs: readonly GraphTensor[],
    outputs: readonly GraphTensor[],
  ): Deno.PointerValue {
    const { c, status } = this.#context;
    const result = c.TF_GraphToFunction(
      this.#graph,
      cString(name),
      0,
      -1,
      null,
      inputs.length,
      arrayOf(inputs),
      outputs.length,
      arrayOf(outputs),
      null,
      null,
      null,
      status.pointer,
    );
    status.check(() => `Making a function of a graph of ${this.#operations} operations`);
    return result;
  }

  [Symbol.dispose](): void {
    this.#context.c.TF_DeleteGraph(this.#graph);
  }

  #begin(name: string): Deno.PointerValue {
    const unique = cString(`${name}_${this.#operations++}`);
    return this.#context.c.TF_NewOperation(this.#graph, cName(name), unique);
  }

  #shapeOf(output: GraphOutput, describe: () => string): number[] {
    const { c, status } = this.#context;
    const rank = c.TF_GraphGetTensorNumDims(this.#graph, output, status.pointer);
    status.check(describe);
    const sizes = new BigInt64Array(Math.max(0, rank));
    if (rank > 0) c.TF_GraphGetTensorShape(this.#graph, output, sizes, rank, status.pointer);
    status.check(describe);
    const shape = Array.from(sizes, Number);
    if (rank < 0 || shape.some((size) => size < 0)) {
      throw new UnknownShapeError(
        `The shape of what ${describe()} gives depends on the values of its inputs`,
      );
    }
    return shape;
  }
}

/** The shape of a tensor in a graph cannot be told before the graph runs. */
export class UnknownShapeError extends Error {
  override readonly name = "UnknownShapeError";
}

function arrayOf(tensors: readonly GraphTensor[]): Uint8Array<ArrayBuffer> {
  return outputArray(tensors.map(({ output }) => output));
}
