import type { Catalog, JudgedFace } from "../catalog/mod.ts";

/**
 * The faces that a selection keeps with their judgements, in the catalogue's order.
 *
 * @param selection settings of the selection, as `select` returns them
 */
export function selectedJudgements(catalog: Catalog, selection: string): JudgedFace[] {
  const { normalization } = JSON.parse(selection) as { normalization: string };
  const kept = new Set(catalog.selectedFaces(selection).map(({ id }) => id));
  return catalog.judgements(normalization).filter(({ face }) => kept.has(face.id));
}
