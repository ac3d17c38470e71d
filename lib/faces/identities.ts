import type { Catalog, JudgedFace } from "../catalog/mod.ts";
import { alikeGroups } from "./alike.ts";
import { embeddingOf, sameIdentity } from "./select.ts";
import { selectedJudgements } from "./selected_judgements.ts";

/**
 * Who is on the faces that a selection keeps, as far as Human's embeddings tell: for each face, in
 * the catalogue's order (that of `selectedFaces` and `selectedCrops`), a number from 0 that faces of
 * one identity share. A face that has no embedding is an identity of its own.
 *
 * @param selection settings of the selection, as `select` returns them
 */
export function identities(
  catalog: Catalog,
  selection: string,
  { similarity = sameIdentity }: { readonly similarity?: number } = {},
): number[] {
  return identitiesAmong(selectedJudgements(catalog, selection), similarity);
}

/** {@linkcode identities} of faces that have been read already. */
export function identitiesAmong(judged: readonly JudgedFace[], similarity: number): number[] {
  const groups = alikeGroups(judged.map(embeddingOf), similarity);
  const numbers = new Map([...new Set(groups)].map((group, number) => [group, number]));
  return groups.map((group) => numbers.get(group)!);
}
