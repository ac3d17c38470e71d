import { cName } from "./c_strings.ts";
import type { CLibrary } from "./open_library.ts";
import { type Field, fieldsOf, textOf } from "./protobuf.ts";
import type { Status } from "./status.ts";

/** An input or output of an op. */
export interface Argument {
  readonly name: string;
  /** Name of the attribute that says how many tensors of one type the list has, or null. */
  readonly numberAttribute: string | null;
  /** Name of the attribute that lists the types of a list of mixed types, or null. */
  readonly typeListAttribute: string | null;
  /** Name of the attribute that says the type, or null. */
  readonly typeAttribute: string | null;
}

/** Whether an argument is a list of tensors. */
export function isList(argument: Argument): boolean {
  return argument.numberAttribute !== null || argument.typeListAttribute !== null;
}

/** What TensorFlow's registry says of an op. */
export interface OpDefinition {
  readonly name: string;
  readonly inputs: readonly Argument[];
  readonly outputs: readonly Argument[];
  /** Attribute name to its kind: "int", "list(int)", "type", "shape", "string", ... */
  readonly attributes: ReadonlyMap<string, string>;
  /** True for ops that keep or change something outside of themselves, random numbers included. */
  readonly isStateful: boolean;
}

/** Looks ops up in TensorFlow's own registry, each name once. */
export class OpDefinitions {
  readonly #known = new Map<string, OpDefinition>();
  readonly #c: CLibrary;
  readonly #status: Status;
  readonly #graph: Deno.PointerValue;

  constructor(c: CLibrary, status: Status) {
    this.#c = c;
    this.#status = status;
    this.#graph = c.TF_NewGraph();
  }

  /** The definition of an op; an error where this TensorFlow has none of that name. */
  of(name: string): OpDefinition {
    let definition = this.#known.get(name);
    if (!definition) {
      definition = this.#read(name);
      this.#known.set(name, definition);
    }
    return definition;
  }

  #read(name: string): OpDefinition {
    const c = this.#c;
    const buffer = c.TF_NewBuffer();
    try {
      c.TF_GraphGetOpDef(this.#graph, cName(name), buffer, this.#status.pointer);
      this.#status.check(() => `Looking up the op ${name}`);
      const view = new Deno.UnsafePointerView(buffer!);
      const bytes = new Uint8Array(Number(view.getBigUint64(8)));
      c.copyFromC(bytes, view.getPointer(0), BigInt(bytes.length));
      return parseDefinition(bytes);
    } finally {
      c.TF_DeleteBuffer(buffer);
    }
  }
}

function parseDefinition(message: Uint8Array): OpDefinition {
  let name = "";
  let isStateful = false;
  const inputs: Argument[] = [];
  const outputs: Argument[] = [];
  const attributes = new Map<string, string>();
  for (const field of fieldsOf(message)) {
    if (field.number === 1) name = textOf(field);
    else if (field.number === 2) inputs.push(parseArgument(field));
    else if (field.number === 3) outputs.push(parseArgument(field));
    else if (field.number === 4) attributes.set(textField(field, 1)!, textField(field, 2)!);
    else if (field.number === 17) isStateful = field.value === 1;
  }
  return { name, inputs, outputs, attributes, isStateful };
}

function parseArgument(field: Field): Argument {
  return {
    name: textField(field, 1) ?? "",
    typeAttribute: textField(field, 4),
    numberAttribute: textField(field, 5),
    typeListAttribute: textField(field, 6),
  };
}

function textField(message: Field, number: number): string | null {
  for (const field of fieldsOf(message.bytes)) {
    if (field.number === number && field.bytes.length > 0) return textOf(field);
  }
  return null;
}
