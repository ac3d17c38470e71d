import type { Catalog, FaceRow } from "../catalog/mod.ts";
import type { RgbImage } from "../image/mod.ts";
import type { Progress } from "../run/mod.ts";
import { ahead } from "./ahead.ts";
import type { Landmarks } from "./facemesh.ts";
import type { GenderModel, Judgement } from "./gender/gender_model.ts";
import { loadGenderModels } from "./gender/load_gender_models.ts";
import { modelViews } from "./gender/model_views.ts";
import { inGroups } from "./in_groups.ts";
import { pieces } from "./pieces.ts";
import { readPicture } from "./read_picture.ts";
import { rounded } from "./rounded.ts";

/** Parameters of {@linkcode judge}. */
export interface JudgeOptions {
  /** The faces to judge: the settings of the normalization that found them. */
  readonly normalization: string;
  /** Default: {@linkcode loadGenderModels}. */
  readonly models?: readonly GenderModel[];
}

/**
 * Asks gender models about every usable face that they have not judged yet. Every model sees the
 * face as it wants it, cut from the original picture. A piece of work is the faces of up to eight
 * pictures; killed at any moment the stage ends in the same catalogue.
 */
export async function* judge(
  catalog: Catalog,
  { normalization, models }: JudgeOptions,
  signal?: AbortSignal,
): AsyncGenerator<Progress> {
  const began = performance.now();
  const asked = models ?? await loadGenderModels();
  const usable = catalog.faces({ settings: normalization, usable: true });
  const missing = new Map(asked.map((model) => {
    const faces = catalog.pendingJudgements(normalization, model.name);
    return [model, new Set(faces.map(({ id }) => id))] as const;
  }));
  const pending = usable.filter(({ id }) => asked.some((model) => missing.get(model)!.has(id)));
  const total = usable.length;
  const resumed = total - pending.length;
  let [done, unreadable] = [resumed, 0];
  const report = (): Progress => ({
    what: "Judging",
    done,
    total,
    resumed,
    unit: "faces",
    seconds: (performance.now() - began) / 1000,
    ...(unreadable > 0 ? { note: `${unreadable} of pictures that cannot be read any more` } : {}),
  });
  yield report();
  if (signal?.aborted) return;
  const work = async (group: readonly FaceRow[]) => {
    const faces = await withPictures(catalog, group);
    const judgements = await Promise.all(asked.map(async (model) => {
      const own = faces.filter(({ face }) => missing.get(model)!.has(face.id));
      return { model, judged: await judgeFaces(own, model) };
    }));
    return { group, judgements, unreadable: group.length - faces.length };
  };
  for await (const result of ahead(facesOfEightPictures(pending), work)) {
    for (const { model, judged } of result.judgements) catalog.saveJudgements(model.name, judged);
    done += result.group.length;
    unreadable += result.unreadable;
    yield report();
    if (signal?.aborted) return;
  }
}

interface FaceInPicture {
  readonly face: FaceRow;
  readonly image: RgbImage;
}

/** What one model says of faces, ready for the catalogue. */
async function judgeFaces(
  faces: readonly FaceInPicture[],
  model: GenderModel,
): Promise<(Judgement & { readonly faceId: number })[]> {
  const judgements = await inGroups(
    faces,
    (group) =>
      model.judge(
        modelViews(
          model,
          group.map(({ face, image }) => ({ image, landmarks: face.landmarks as Landmarks })),
        ),
      ),
  );
  return judgements.map(({ pWoman, age, embedding = null }, index) => ({
    faceId: faces[index]!.face.id,
    pWoman: rounded(pWoman, 6),
    age: rounded(age, 2),
    embedding,
  }));
}

/** Reads every picture once. Faces whose picture cannot be read any more are left out. */
async function withPictures(catalog: Catalog, faces: readonly FaceRow[]): Promise<FaceInPicture[]> {
  const files = [...new Set(faces.map(({ pictureFile }) => pictureFile))];
  const read = await Promise.all(files.map((file) => readPicture(catalog, file)));
  const images = new Map(files.map((file, index) => [file, read[index]!.image]));
  return faces.flatMap((face) => {
    const image = images.get(face.pictureFile);
    return image ? [{ face, image }] : [];
  });
}

/** Cuts faces, which stand in the order of their pictures, into the faces of eight pictures each. */
function facesOfEightPictures(faces: readonly FaceRow[]): FaceRow[][] {
  const byPicture = Map.groupBy(faces, ({ pictureId }) => pictureId);
  return pieces([...byPicture.values()], 8).map((lists) => lists.flat());
}
