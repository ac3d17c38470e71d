import type { Tensor } from "@tensorflow/tfjs-core";
import { tf } from "../tfjs.ts";

/** Where in a nested value the tensors are, and what is around them. */
export type Structure =
  | { readonly kind: "tensor"; readonly index: number }
  | { readonly kind: "plain"; readonly value: unknown }
  | { readonly kind: "array"; readonly items: readonly Structure[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [string, Structure])[] };

/**
 * Takes a nested value of arrays, plain objects, tensors and primitive values apart. A variable is
 * no tensor here: it is itself, not the value it has.
 */
export function takeApart(value: unknown): { structure: Structure; tensors: Tensor[] } {
  const tensors: Tensor[] = [];
  const visit = (part: unknown): Structure => {
    if (part instanceof tf.Variable) return { kind: "plain", value: part };
    if (part instanceof tf.Tensor) return { kind: "tensor", index: tensors.push(part) - 1 };
    if (Array.isArray(part)) return { kind: "array", items: part.map(visit) };
    if (isPlainObject(part)) {
      const entries = Object.entries(part).map(([name, item]) => [name, visit(item)] as const);
      return { kind: "object", entries };
    }
    if (typeof part === "function" || (typeof part === "object" && part !== null)) {
      const what = typeof part === "function" ? "a function" : `a ${part.constructor?.name}`;
      throw new TypeError(
        `compile() takes and gives tensors, numbers, texts, and arrays and objects of them, ` +
          `not ${what}: let the function reach it by its closure`,
      );
    }
    return { kind: "plain", value: part };
  };
  return { structure: visit(value), tensors };
}

/** Puts a nested value together again, with other tensors. */
export function putTogether(structure: Structure, tensors: readonly Tensor[]): unknown {
  switch (structure.kind) {
    case "tensor":
      return tensors[structure.index];
    case "plain":
      return structure.value;
    case "array":
      return structure.items.map((item) => putTogether(item, tensors));
    case "object":
      return Object.fromEntries(
        structure.entries.map(([name, item]) => [name, putTogether(item, tensors)]),
      );
  }
}

/** A text that is the same for the arguments that one trace serves: structure, shapes and types. */
export function signatureOf(structure: Structure, tensors: readonly Tensor[]): string {
  const visit = (part: Structure): string => {
    switch (part.kind) {
      case "tensor": {
        const { dtype, shape } = tensors[part.index]!;
        return `${dtype}[${shape}]`;
      }
      case "plain":
        if (part.value instanceof tf.Variable) return `variable:${part.value.id}`;
        return `${typeof part.value}:${JSON.stringify(part.value) ?? String(part.value)}`;
      case "array":
        return `[${part.items.map(visit)}]`;
      case "object":
        return `{${part.entries.map(([name, item]) => `${JSON.stringify(name)}:${visit(item)}`)}}`;
    }
  };
  return visit(structure);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
