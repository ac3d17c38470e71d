import { faceColumns, faceFromRaw, type FaceRow, type RawFace } from "./faces.ts";
import type { Judgement } from "./judgements.ts";
import { type OriginRow, origins, pictureColumns, type PictureRow } from "./pictures.ts";
import type { Store } from "./store.ts";

/** Everything that led to a face, back to the searches. */
export interface Lineage {
  readonly face: FaceRow;
  readonly picture: PictureRow;
  /** Every search that listed the picture, with rank, page, author and licence. */
  readonly origins: readonly OriginRow[];
  /** Pictures that repeat this one, each with its own origins. */
  readonly duplicates: readonly { picture: PictureRow; origins: readonly OriginRow[] }[];
  readonly judgements: Readonly<Record<string, Omit<Judgement, "embedding">>>;
  readonly selections: readonly { settings: string; kept: boolean; reason: string | null }[];
}

/** @throws Error where no face has this id */
export function lineage(store: Store, faceId: number): Lineage {
  const raw = store.get<RawFace>(
    `SELECT ${faceColumns} FROM faces JOIN pictures ON pictures.id = picture_id
     WHERE faces.id = :faceId`,
    { faceId },
  );
  if (!raw) throw new Error(`The catalogue has no face with id ${faceId}`);
  const face = faceFromRaw(raw);
  const id = face.pictureId;
  const picture = store.get<PictureRow>(
    `SELECT ${pictureColumns} FROM pictures WHERE id = :id`,
    { id },
  )!;
  const duplicates = store.all<PictureRow>(
    `SELECT ${pictureColumns} FROM pictures WHERE duplicate_of = :id ORDER BY url`,
    { id },
  );
  const judgements = store.all<{ model: string; pWoman: number | null; age: number | null }>(
    `SELECT model, p_woman AS pWoman, age FROM judgements WHERE face_id = :faceId ORDER BY model`,
    { faceId },
  );
  const selections = store.all<{ settings: string; kept: number; reason: string | null }>(
    `SELECT settings, kept, reason FROM selections WHERE face_id = :faceId ORDER BY settings`,
    { faceId },
  );
  return {
    face,
    picture,
    origins: origins(store, id),
    duplicates: duplicates.map((repeat) => ({
      picture: repeat,
      origins: origins(store, repeat.id),
    })),
    judgements: Object.fromEntries(
      judgements.map(({ model, ...judgement }) => [model, judgement]),
    ),
    selections: selections.map((row) => ({ ...row, kept: row.kept === 1 })),
  };
}
