import type * as tfjs from "@tensorflow/tfjs";
import { writeWhole } from "../run/mod.ts";
import { tf } from "../tensorflow/mod.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  type Precision,
  type StoredTensor,
} from "./safetensors.ts";

/**
 * Writes variables and a description (anything JSON can hold) to one file. A process killed at any
 * moment leaves the earlier file or the new one, never a mixture.
 *
 * @param options `precision` of the stored numbers; training can only go on from "float32", the default
 */
export async function writeCheckpoint(
  path: string,
  variables: ReadonlyMap<string, tfjs.Variable>,
  description: unknown,
  options: { readonly precision?: Precision } = {},
): Promise<void> {
  const tensors = new Map<string, StoredTensor>();
  for (const [name, variable] of variables) {
    tensors.set(name, { shape: variable.shape, values: await variable.data<"float32">() });
  }
  const bytes = encodeSafetensors({
    tensors,
    metadata: { description: JSON.stringify(description) },
  }, options);
  await writeWhole(path, bytes, { synced: true });
}

/** A checkpoint's content, not yet put into any variable. */
export interface Checkpoint {
  readonly description: unknown;
  /** Whether a value of the right shape is stored for each of the variables. */
  fits(variables: ReadonlyMap<string, tfjs.Variable>): boolean;
  /**
   * Puts the stored values into variables of the same names and shapes.
   *
   * @throws Error where a variable is missing in the file, or has another shape
   */
  restore(variables: ReadonlyMap<string, tfjs.Variable>): void;
}

/**
 * Reads a checkpoint, or null where there is none.
 *
 * @throws Error where the file is damaged
 */
export async function readCheckpoint(path: string): Promise<Checkpoint | null> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  try {
    const { tensors, metadata } = decodeSafetensors(bytes);
    return {
      description: JSON.parse(metadata.description ?? "null"),
      fits: (variables) => misfit(tensors, variables) === null,
      restore: (variables) => restore(path, tensors, variables),
    };
  } catch (cause) {
    throw new Error(`The checkpoint ${path} is damaged: delete it and train anew`, { cause });
  }
}

/** What keeps stored tensors from going into the variables, or null where nothing does. */
function misfit(
  tensors: ReadonlyMap<string, StoredTensor>,
  variables: ReadonlyMap<string, tfjs.Variable>,
): string | null {
  for (const [name, { shape }] of variables) {
    const stored = tensors.get(name);
    if (stored?.shape.join() !== shape.join()) {
      return `${
        stored ? `shape [${stored.shape}]` : "nothing"
      } for ${name}, which needs [${shape}]`;
    }
  }
  return null;
}

function restore(
  path: string,
  tensors: ReadonlyMap<string, StoredTensor>,
  variables: ReadonlyMap<string, tfjs.Variable>,
): void {
  const wrong = misfit(tensors, variables);
  if (wrong !== null) {
    throw new Error(`The checkpoint ${path} has ${wrong}: it is of another net; delete it`);
  }
  tf.tidy(() => {
    for (const [name, variable] of variables) {
      const { values, shape } = tensors.get(name)!;
      variable.assign(tf.tensor(values, [...shape]));
    }
  });
}
