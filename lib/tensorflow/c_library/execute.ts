import { type Attribute, setAttribute } from "./attributes.ts";
import { cName } from "./c_strings.ts";
import type { Context } from "./context.ts";
import { describeTensor } from "./data_types.ts";
import type { Handle } from "./handles.ts";
import { isList, type OpDefinition } from "./op_definitions.ts";
import { pointersAt } from "./pointers.ts";

/** Runs one op and returns the handles of its outputs, which the caller then owns. */
export function execute(
  context: Context,
  name: string,
  attributes: readonly Attribute[],
  inputs: readonly Handle[],
  outputCount: number,
): Deno.PointerValue[] {
  const { c, status } = context;
  const definition = context.definitions.of(name);
  checkInputCount(definition, inputs.length);
  const op = c.TFE_NewOp(context.pointer, cName(name), status.pointer);
  status.check(() => `Op ${name}`);
  try {
    const describe = () => `Op ${name}(${inputs.map(describeTensor).join(", ")})`;
    for (const input of inputs) {
      c.TFE_OpAddInput(op, input.pointer, status.pointer);
      status.check(describe);
    }
    for (const attribute of attributes) {
      setAttribute(context.setters, op, definition, attribute);
    }
    const results = new BigUint64Array(outputCount);
    const resultCount = Int32Array.of(outputCount);
    c.TFE_Execute(op, results, resultCount, status.pointer);
    status.check(describe);
    return pointersAt(results.subarray(0, resultCount[0]));
  } finally {
    c.TFE_DeleteOp(op);
  }
}

/** TensorFlow reads past the end of its own table when an op gets an input too many. */
function checkInputCount(definition: OpDefinition, count: number): void {
  const lists = definition.inputs.filter(isList).length;
  const single = definition.inputs.length - lists;
  if (lists > 0 ? count < single : count !== single) {
    throw new Error(
      `Op ${definition.name} takes ${lists > 0 ? "at least " : ""}${single} inputs, not ${count}`,
    );
  }
}
