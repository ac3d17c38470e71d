import { addressOf } from "./pointers.ts";

/**
 * An output of an operation in a graph: `TF_Output` as C takes it, by value or in an array. 8 bytes
 * of operation, 4 of output number, 4 of padding.
 */
export type GraphOutput = Uint8Array<ArrayBuffer>;

const structBytes = 16;

/** An output by its operation and its number there. */
export function outputOf(operation: Deno.PointerValue, index: number): GraphOutput {
  const view = new DataView(new ArrayBuffer(structBytes));
  view.setBigUint64(0, addressOf(operation), true);
  view.setInt32(8, index, true);
  return new Uint8Array(view.buffer);
}

/** The operation that an output belongs to. */
export function operationOf(output: GraphOutput): Deno.PointerValue {
  return Deno.UnsafePointer.create(new DataView(output.buffer).getBigUint64(0, true));
}

/** Outputs as C wants an array of them. */
export function outputArray(outputs: readonly GraphOutput[]): Uint8Array<ArrayBuffer> {
  const structs = new Uint8Array(structBytes * outputs.length);
  outputs.forEach((output, position) => structs.set(output, structBytes * position));
  return structs;
}
