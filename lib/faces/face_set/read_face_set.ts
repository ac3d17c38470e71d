import { join } from "node:path";
import type { FaceSetRow } from "./face_set_row.ts";

/** An exported set of faces. */
export interface FaceSet {
  readonly rows: readonly FaceSetRow[];
  /** Absolute paths of the crops on both sides of the split. */
  readonly training: readonly string[];
  readonly heldOut: readonly string[];
}

/**
 * Reads the table of a set that `exportFaces` wrote; its crops are read by those who use them
 * (`faceTensors`, `faceBatches`).
 *
 * @throws Error where the folder holds no set
 */
export async function readFaceSet(folder: string): Promise<FaceSet> {
  const text = await Deno.readTextFile(join(folder, "faces.jsonl")).catch((cause) => {
    throw new Error(`${folder} holds no set of faces: write one with exportFaces`, { cause });
  });
  const rows = text.split("\n").filter(Boolean).map((line) => JSON.parse(line) as FaceSetRow);
  const paths = (split: FaceSetRow["split"]) =>
    rows.filter((row) => row.split === split).map(({ file }) => join(folder, file));
  return { rows, training: paths("training"), heldOut: paths("held-out") };
}
