import { faceColumns, faceFromRaw, type FaceRow, faces, type RawFace } from "./faces.ts";
import type { Store } from "./store.ts";

/** What a model says of a face. */
export interface Judgement {
  /** Probability in [0, 1] that the face reads as a woman's; null: the model says it is unknown. */
  readonly pWoman: number | null;
  /** Years, or null. */
  readonly age: number | null;
  readonly embedding?: Float32Array | null;
}

/** A face with what every model has said of it, by the model's name. */
export interface JudgedFace {
  readonly face: FaceRow;
  readonly judgements: Readonly<Record<string, Judgement>>;
}

/** Usable faces under these settings that the model has not judged yet. */
export function pendingJudgements(store: Store, settings: string, model: string): FaceRow[] {
  return store.all<RawFace>(
    `SELECT ${faceColumns} FROM faces JOIN pictures ON pictures.id = picture_id
     WHERE faces.settings = :settings AND pictures.status = 'kept' AND faces.reason IS NULL
       AND NOT EXISTS (SELECT 1 FROM judgements WHERE face_id = faces.id AND model = :model)
     ORDER BY pictures.sha256, position`,
    { settings, model },
  ).map(faceFromRaw);
}

/** Stores what a model says of a face; it replaces what the model said before. */
export function saveJudgement(
  store: Store,
  faceId: number,
  model: string,
  { pWoman, age, embedding }: Judgement,
): void {
  store.run(
    `INSERT OR REPLACE INTO judgements (face_id, model, p_woman, age, embedding)
     VALUES (:faceId, :model, :pWoman, :age, :embedding)`,
    {
      faceId,
      model,
      pWoman,
      age,
      embedding: embedding
        ? new Uint8Array(embedding.buffer, embedding.byteOffset, embedding.byteLength)
        : null,
    },
  );
}

/** Every usable face under these settings with its judgements, by the picture's sha256. */
export function judgements(store: Store, settings: string): JudgedFace[] {
  const byFace = new Map<number, Record<string, Judgement>>();
  const rows = store.all<
    {
      faceId: number;
      model: string;
      pWoman: number | null;
      age: number | null;
      embedding: Uint8Array | null;
    }
  >(
    `SELECT face_id AS faceId, model, p_woman AS pWoman, age, embedding
     FROM judgements JOIN faces ON faces.id = face_id
     WHERE settings = :settings ORDER BY face_id, model`,
    { settings },
  );
  for (const { faceId, model, pWoman, age, embedding } of rows) {
    const ofFace = byFace.get(faceId) ?? {};
    ofFace[model] = {
      pWoman,
      age,
      // A copy: the blob's bytes need not be aligned to four.
      embedding: embedding ? new Float32Array(embedding.slice().buffer) : null,
    };
    byFace.set(faceId, ofFace);
  }
  return faces(store, { settings, usable: true })
    .map((face) => ({ face, judgements: byFace.get(face.id) ?? {} }));
}
