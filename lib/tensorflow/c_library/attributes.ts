import type { AttributeSetters } from "./attribute_setters.ts";
import { bool, integer, number, shape, stringBytes, type } from "./attribute_values.ts";
import { cName } from "./c_strings.ts";
import type { OpDefinition } from "./op_definitions.ts";
import { pointerArray } from "./pointers.ts";

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
