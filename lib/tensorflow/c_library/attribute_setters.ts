import type { CLibrary } from "./open_library.ts";

type Bytes = Uint8Array<ArrayBuffer>;
type Numbers = BigInt64Array<ArrayBuffer> | Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/**
 * How an attribute is set on an op that runs at once (`TFE_Op`) or on one that is put into a graph
 * (`TF_OperationDescription`): two families of functions with the same arguments.
 */
export interface AttributeSetters {
  string(op: Deno.PointerValue, name: Bytes, value: Bytes, length: bigint): void;
  int(op: Deno.PointerValue, name: Bytes, value: bigint): void;
  float(op: Deno.PointerValue, name: Bytes, value: number): void;
  bool(op: Deno.PointerValue, name: Bytes, value: number): void;
  type(op: Deno.PointerValue, name: Bytes, value: number): void;
  shape(op: Deno.PointerValue, name: Bytes, sizes: BigInt64Array<ArrayBuffer>, rank: number): void;
  strings(
    op: Deno.PointerValue,
    name: Bytes,
    values: BigUint64Array<ArrayBuffer>,
    lengths: BigUint64Array<ArrayBuffer>,
    count: number,
  ): void;
  ints(op: Deno.PointerValue, name: Bytes, values: Numbers, count: number): void;
  floats(op: Deno.PointerValue, name: Bytes, values: Numbers, count: number): void;
  bools(op: Deno.PointerValue, name: Bytes, values: Bytes, count: number): void;
  types(op: Deno.PointerValue, name: Bytes, values: Numbers, count: number): void;
  shapes(
    op: Deno.PointerValue,
    name: Bytes,
    sizes: BigUint64Array<ArrayBuffer>,
    ranks: Int32Array<ArrayBuffer>,
    count: number,
  ): void;
}

/** Setters for ops that run at once. */
export function eagerSetters(c: CLibrary, status: Deno.PointerValue): AttributeSetters {
  return {
    string: c.TFE_OpSetAttrString,
    int: c.TFE_OpSetAttrInt,
    float: c.TFE_OpSetAttrFloat,
    bool: c.TFE_OpSetAttrBool,
    type: c.TFE_OpSetAttrType,
    shape: (op, name, sizes, rank) => c.TFE_OpSetAttrShape(op, name, sizes, rank, status),
    strings: c.TFE_OpSetAttrStringList,
    ints: c.TFE_OpSetAttrIntList,
    floats: c.TFE_OpSetAttrFloatList,
    bools: c.TFE_OpSetAttrBoolList,
    types: c.TFE_OpSetAttrTypeList,
    shapes: (op, name, sizes, ranks, count) =>
      c.TFE_OpSetAttrShapeList(op, name, sizes, ranks, count, status),
  };
}

/** Setters for ops that are put into a graph. */
export function graphSetters(c: CLibrary): AttributeSetters {
  return {
    string: c.TF_SetAttrString,
    int: c.TF_SetAttrInt,
    float: c.TF_SetAttrFloat,
    bool: c.TF_SetAttrBool,
    type: c.TF_SetAttrType,
    shape: c.TF_SetAttrShape,
    strings: c.TF_SetAttrStringList,
    ints: c.TF_SetAttrIntList,
    floats: c.TF_SetAttrFloatList,
    bools: c.TF_SetAttrBoolList,
    types: c.TF_SetAttrTypeList,
    shapes: c.TF_SetAttrShapeList,
  };
}
