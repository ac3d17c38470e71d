import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import type { NodeBackend } from "../backend/register.ts";
import type { Handle } from "../c_library/handles.ts";
import { DataType } from "../c_library/data_types.ts";
import { tf } from "../tfjs.ts";
import { countStep } from "./optimizers.ts";
import { putTogether } from "./structure.ts";
import type { Trace } from "./trace.ts";

/** What changes from call to call. */
export interface Inputs {
  readonly tensors: readonly Tensor[];
  /** The two numbers that this call's random numbers are drawn by. */
  readonly seeds: readonly [number, number];
}

/** Runs a traced function: what it assigned is in the variables afterwards. */
export function runTrace(backend: NodeBackend, trace: Trace, inputs: Inputs): unknown {
  const { handles, release } = bind(backend, trace, inputs);
  try {
    return finish(backend, trace, trace.run.run(handles));
  } finally {
    release();
  }
}

/** The same on another thread. Variables must not be assigned meanwhile: that is an error. */
export async function runTraceOnThread(
  backend: NodeBackend,
  trace: Trace,
  inputs: Inputs,
): Promise<unknown> {
  const { handles, release } = bind(backend, trace, inputs);
  const before = trace.assigned.map((variable) => pointerOf(backend, variable));
  try {
    const outputs = await trace.run.runOnThread(handles);
    const changed = trace.assigned.find((variable, index) =>
      variable.isDisposed || pointerOf(backend, variable) !== before[index]
    );
    if (changed) {
      for (const output of outputs) backend.binding.context.c.TFE_DeleteTensorHandle(output);
      throw new Error(
        `The variable ${changed.name} was assigned or disposed while a compiled call that assigns ` +
          "it was running. Await the call first",
      );
    }
    return finish(backend, trace, outputs);
  } finally {
    release();
  }
}

/** The tensors that a call starts from, in the order of the graph's inputs. */
function bind(
  backend: NodeBackend,
  trace: Trace,
  { tensors, seeds }: Inputs,
): { handles: Handle[]; release: () => void } {
  const { binding } = backend;
  trace.assigned.forEach(living);
  const numbers = trace.sources.map((source) => {
    if ("captured" in source) return source.captured;
    if ("seeds" in source) return null;
    const tensor = "variable" in source ? source.variable : tensors[source.argument]!;
    return backend.getInputTensorIds([living(tensor)])[0]!;
  });
  // Made last: an error above would leave it behind.
  const seedsNumber = numbers.includes(null)
    ? binding.handles.create([2], DataType.int32, Int32Array.from(seeds))
    : null;
  return {
    handles: numbers.map((number) => binding.handles.get(number ?? seedsNumber!)),
    release: () => {
      if (seedsNumber !== null) binding.handles.delete(seedsNumber);
    },
  };
}

function living(tensor: Tensor): Tensor {
  if (!tensor.isDisposed) return tensor;
  if (tensor instanceof tf.Variable) {
    throw new Error(`The variable ${tensor.name}, which a compiled function uses, was disposed`);
  }
  throw new Error("An argument of a compiled function was disposed before the function ran");
}

/** What a variable's value is in C. */
function pointerOf(backend: NodeBackend, variable: Variable): Deno.PointerValue {
  const [id] = backend.getInputTensorIds([variable]);
  return backend.binding.handles.get(id!).pointer;
}

function finish(
  backend: NodeBackend,
  trace: Trace,
  outputs: readonly Deno.PointerValue[],
): unknown {
  trace.assigned.forEach((variable, index) => assign(backend, variable, outputs[index]!));
  trace.optimizers.forEach(countStep);
  const tensors = backend.binding.adoptAll(outputs.slice(trace.assigned.length))
    .map((metadata) => backend.createOutputTensor(metadata));
  return putTogether(trace.result, tensors);
}

/** Gives a variable its new value: in place where nothing else shares the old one. */
function assign(backend: NodeBackend, variable: Variable, pointer: Deno.PointerValue): void {
  const { binding, tensorMap } = backend;
  const { id, refCount } = tensorMap.get(variable.dataId);
  if (id >= 0 && refCount === 1) {
    binding.handles.replace(id, pointer);
    return;
  }
  const tensor = backend.createOutputTensor(binding.adoptAll([pointer])[0]!);
  variable.assign(tensor);
  tensor.dispose();
}
