import type { Attribute } from "../c_library/attributes.ts";
import { isList, type OpDefinition } from "../c_library/op_definitions.ts";

/**
 * Splits the flat row of inputs that kernels give into the op's own arguments, some of which are
 * lists. A list is as long as its attribute says, or takes what the others leave.
 */
export function groupInputs<Tensor>(
  definition: OpDefinition,
  attributes: readonly Attribute[],
  inputs: readonly Tensor[],
): Tensor[][] {
  const lists = definition.inputs.filter(isList);
  const left = inputs.length - (definition.inputs.length - lists.length);
  const groups: Tensor[][] = [];
  let position = 0;
  for (const input of definition.inputs) {
    let length = 1;
    if (isList(input)) {
      const given = attributes.find(({ name }) =>
        name === input.numberAttribute || name === input.typeListAttribute
      )?.value;
      if (Array.isArray(given)) length = given.length;
      else if (typeof given === "number") length = given;
      else if (lists.length === 1) length = left;
      else throw new Error(`Op ${definition.name} does not say how long ${input.name} is`);
    }
    groups.push(inputs.slice(position, position + length));
    position += length;
  }
  if (position !== inputs.length) {
    throw new Error(`Op ${definition.name} takes ${position} inputs, not ${inputs.length}`);
  }
  return groups;
}
