import { cName, pointerArray } from "./c_strings.ts";
import type { OpDefinition } from "./op_definitions.ts";
import type { CLibrary } from "./open_library.ts";

/** Kinds of attributes, numbered as in `tensorflow/c/tf_attrtype.h`. */
export const AttributeKind = {
  string: 0,
  int: 1,
  float: 2,
  bool: 3,
  type: 4,
  shape: 5,
} as const;

/** An attribute as tfjs-node's kernels write it. A list is an array of the same values. */
export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

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

/**
 * Sets one attribute, after checking it against the op's definition: C takes the kind on trust,
 * and a wrong one ends the process.
 */
export function setAttribute(
  setters: AttributeSetters,
  op: Deno.PointerValue,
  definition: OpDefinition,
  attribute: Attribute,
): void {
  const kind = definition.attributes.get(attribute.name);
  const place = `Attribute ${attribute.name} of op ${definition.name}`;
  if (kind === undefined) {
    const names = [...definition.attributes.keys()].join(", ") || "none";
    throw new Error(`${place} is not known; the op has: ${names}`);
  }
  const isList = kind.startsWith("list(");
  const element = isList ? kind.slice(5, -1) : kind;
  if (AttributeKind[element as keyof typeof AttributeKind] !== attribute.type) {
    throw new TypeError(`${place} is a ${kind}, not of kind ${attribute.type}`);
  }
  const name = cName(attribute.name);
  const { value } = attribute;
  if (isList) {
    if (!Array.isArray(value)) throw new TypeError(`${place} is a ${kind}: give an array`);
    setList(setters, op, name, element, value, place);
  } else {
    setOne(setters, op, name, element, value, place);
  }
}

function setOne(
  setters: AttributeSetters,
  op: Deno.PointerValue,
  name: Bytes,
  kind: string,
  value: unknown,
  place: string,
): void {
  switch (kind) {
    case "string": {
      const bytes = stringBytes(value, place);
      return setters.string(op, name, bytes, BigInt(bytes.length));
    }
    case "int":
      return setters.int(op, name, integer(value, place));
    case "float":
      return setters.float(op, name, number(value, place));
    case "bool":
      return setters.bool(op, name, bool(value, place));
    case "type":
      return setters.type(op, name, type(value, place));
    case "shape": {
      const sizes = shape(value, place);
      return setters.shape(op, name, sizes, sizes.length);
    }
  }
}

function setList(
  setters: AttributeSetters,
  op: Deno.PointerValue,
  name: Bytes,
  kind: string,
  values: readonly unknown[],
  place: string,
): void {
  const count = values.length;
  switch (kind) {
    case "string": {
      // TensorFlow copies the texts before the call returns; `texts` keeps them alive until then.
      const texts = values.map((value) => stringBytes(value, place));
      const pointers = pointerArray(texts.map((text) => Deno.UnsafePointer.of(text)));
      const lengths = BigUint64Array.from(texts, (text) => BigInt(text.length));
      return setters.strings(op, name, pointers, lengths, texts.length);
    }
    case "int":
      return setters.ints(op, name, BigInt64Array.from(values, (v) => integer(v, place)), count);
    case "float":
      return setters.floats(op, name, Float32Array.from(values, (v) => number(v, place)), count);
    case "bool":
      return setters.bools(op, name, Uint8Array.from(values, (v) => bool(v, place)), count);
    case "type":
      return setters.types(op, name, Int32Array.from(values, (v) => type(v, place)), count);
    case "shape": {
      const shapes = values.map((value) => shape(value, place));
      const pointers = pointerArray(shapes.map((sizes) => Deno.UnsafePointer.of(sizes)));
      const ranks = Int32Array.from(shapes, (sizes) => sizes.length);
      return setters.shapes(op, name, pointers, ranks, shapes.length);
    }
  }
}

const encoder = new TextEncoder();

function stringBytes(value: unknown, place: string): Bytes {
  if (value instanceof Uint8Array) return value as Bytes;
  if (typeof value === "string") return encoder.encode(value);
  throw new TypeError(`${place} must be a text, not ${show(value)}`);
}

function integer(value: unknown, place: string): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  throw new TypeError(`${place} must be a whole number, not ${show(value)}`);
}

function number(value: unknown, place: string): number {
  if (typeof value === "number") return value;
  throw new TypeError(`${place} must be a number, not ${show(value)}`);
}

function bool(value: unknown, place: string): number {
  if (typeof value === "boolean") return value ? 1 : 0;
  throw new TypeError(`${place} must be true or false, not ${show(value)}`);
}

function type(value: unknown, place: string): number {
  if (typeof value === "number" && Number.isInteger(value) && value > 0 && value < 64) return value;
  throw new TypeError(`${place} must be one of TensorFlow's data types, not ${show(value)}`);
}

function shape(value: unknown, place: string): BigInt64Array<ArrayBuffer> {
  if (Array.isArray(value)) return BigInt64Array.from(value, (size) => integer(size, place));
  throw new TypeError(`${place} must be a shape, not ${show(value)}`);
}

function show(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
