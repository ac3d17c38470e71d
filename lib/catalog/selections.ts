import { faceColumns, faceFromRaw, type FaceRow, type RawFace } from "./faces.ts";
import type { Store } from "./store.ts";

/** Whether a face is kept, and why not. */
export interface Selection {
  readonly faceId: number;
  readonly kept: boolean;
  readonly reason?: string | null;
}

/** Stores a whole selection in one transaction; it replaces the one with the same settings. */
export function saveSelections(
  store: Store,
  settings: string,
  rows: readonly Selection[],
): void {
  store.transaction(() => {
    store.run("DELETE FROM selections WHERE settings = :settings", { settings });
    for (const { faceId, kept, reason = null } of rows) {
      store.run(
        `INSERT INTO selections (face_id, settings, kept, reason)
         VALUES (:faceId, :settings, :kept, :reason)`,
        { faceId, settings, kept: Number(kept), reason },
      );
    }
  });
}

/** A selection's faces with their fate, by the picture's sha256, then position. */
export function selections(
  store: Store,
  settings: string,
): { face: FaceRow; kept: boolean; reason: string | null }[] {
  return store.all<RawFace & { kept: number; selectionReason: string | null }>(
    `SELECT ${faceColumns}, kept, selections.reason AS selectionReason
     FROM selections JOIN faces ON faces.id = face_id JOIN pictures ON pictures.id = picture_id
     WHERE selections.settings = :settings AND pictures.status = 'kept'
     ORDER BY pictures.sha256, position`,
    { settings },
  ).map(({ kept, selectionReason, ...raw }) => ({
    face: faceFromRaw(raw),
    kept: kept === 1,
    reason: selectionReason,
  }));
}

/** The faces that a selection keeps, by the picture's sha256, then position. */
export function selectedFaces(store: Store, settings: string): FaceRow[] {
  return selections(store, settings).filter(({ kept }) => kept).map(({ face }) => face);
}
