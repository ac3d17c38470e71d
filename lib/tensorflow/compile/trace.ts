import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import type { NodeBackend } from "../backend/register.ts";
import { DataType } from "../c_library/data_types.ts";
import { tf } from "../tfjs.ts";
import { GraphFunction } from "./graph_function.ts";
import { raiseGuards } from "./guards.ts";
import { watchKeptTensors } from "./kept_tensors.ts";
import { type UsedOptimizer, watchOptimizers } from "./optimizers.ts";
import { tensorFlowRandom, withRandom } from "./random.ts";
import { Recording } from "./recording.ts";
import { putTogether, type Structure, takeApart } from "./structure.ts";
import { symbolLike } from "./symbol_like.ts";
import { SymbolicVariables } from "./symbolic_variables.ts";
import { TraceError } from "./trace_error.ts";

/** Where an input of a traced function gets its value from at every call. */
export type Source =
  | { readonly argument: number }
  | { readonly variable: Variable }
  | { readonly seeds: true };

/** A function over tensors as one TensorFlow function, and how its inputs and outputs are bound. */
export interface Trace {
  readonly run: GraphFunction;
  readonly sources: readonly (Source | { readonly captured: number })[];
  /** Variables that the function assigns: they take the first outputs. */
  readonly assigned: readonly Variable[];
  /** How the other outputs make up the result. */
  readonly result: Structure;
  /** Optimizers whose settings are written into the graph. */
  readonly optimizers: readonly UsedOptimizer[];
}

/** A function and its arguments, taken apart. */
export interface Call {
  readonly label: string;
  readonly fn: (...args: unknown[]) => unknown;
  readonly structure: Structure;
  readonly tensors: readonly Tensor[];
  /** Whether TensorFlow's graph optimiser rewrites what was recorded. */
  readonly rewrite: boolean;
}

/**
 * Runs a function once with tensors that have no values, recording what it does, and makes a
 * TensorFlow function of that. Every variable stands for its value at the time of a call. When this
 * returns or throws, all variables are as before.
 */
export function traceCall(backend: NodeBackend, call: Call): Trace {
  const { binding } = backend;
  const engine = tf.engine();
  using recording = new Recording<Source>(binding, call.rewrite ? Infinity : undefined);
  engine.startScope(call.label);
  const variables = new SymbolicVariables(backend);
  binding.recorder = recording;
  const lowerGuards = raiseGuards();
  const disposeKeptTensors = watchKeptTensors();
  try {
    variables.replace(recording);
    const { value, optimizers } = record(backend, recording, call);
    const assigned = variables.assigned();
    return { ...finish(backend, recording, call, assigned, value), assigned, optimizers };
  } catch (error) {
    for (const { source } of recording.inputs) {
      if ("captured" in source) binding.handles.delete(source.captured);
    }
    throw error;
  } finally {
    disposeKeptTensors();
    lowerGuards();
    variables.restore();
    engine.endScope();
    binding.recorder = null;
  }
}

function record(
  backend: NodeBackend,
  recording: Recording<Source>,
  call: Call,
): { value: unknown; optimizers: UsedOptimizer[] } {
  const symbols = call.tensors.map((tensor, argument) =>
    symbolLike(backend, recording, tensor, { argument })
  );
  const seeds = backend.createOutputTensor(
    recording.symbol(DataType.int32, [2], { seeds: true }),
  );
  const args = putTogether(call.structure, symbols) as unknown[];
  const usedOptimizers = watchOptimizers();
  let value: unknown;
  let optimizers: UsedOptimizer[];
  try {
    value = withRandom(tensorFlowRandom(backend, seeds), () => call.fn(...args));
  } finally {
    optimizers = usedOptimizers();
  }
  if (value instanceof Promise) {
    value.catch(() => {}); // What it waits for are tensors without values.
    throw new TraceError(
      `${call.label} is asynchronous; compile() takes a function that gives its result at once. ` +
        "Await outside of it",
    );
  }
  return { value, optimizers };
}

function finish(
  backend: NodeBackend,
  recording: Recording<Source>,
  { label, rewrite }: Call,
  assigned: readonly Variable[],
  value: unknown,
): Omit<Trace, "assigned" | "optimizers"> {
  const { binding } = backend;
  const { structure, tensors } = takeApart(value);
  const outputs = backend.getInputTensorIds([...assigned, ...tensors]).map((id) => {
    const tensor = recording.tensor(id);
    const type = { name: "T", type: binding.TF_ATTR_TYPE, value: tensor.dtype };
    // An output of its own, because a graph gives neither an input nor one tensor twice.
    return recording.graph.add("Identity", [type], [tensor], 1)[0]!;
  });
  const inputs = recording.inputs.map(({ tensor }) => tensor);
  return {
    run: new GraphFunction(binding.context, recording.graph, label, inputs, outputs, { rewrite }),
    sources: recording.inputs.map(({ source }) => source),
    result: structure,
  };
}
