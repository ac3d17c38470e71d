import { canonicalJson, type Catalog, type NewFace, type PictureRow } from "../catalog/mod.ts";
import type { RgbImage } from "../image/mod.ts";
import type { Progress } from "../run/mod.ts";
import { ahead } from "./ahead.ts";
import { alignedCrop, type AlignOptions, alignTransform } from "./align.ts";
import { cropPath, writeCrop } from "./crop_file.ts";
import { type DetectorOptions, type Face, type FaceDetector, loadFaceDetector } from "./detect.ts";
import { defaultGates, failedGate, type Gates } from "./gates.ts";
import { groups } from "./groups.ts";
import { measureQuality } from "./quality.ts";
import { readPicture } from "./read_picture.ts";
import { rounded } from "./rounded.ts";

/** Parameters of {@linkcode normalize}. Two runs with equal parameters share their results. */
export interface NormalizeOptions extends AlignOptions {
  readonly detector?: DetectorOptions;
  /** Gates that differ from {@linkcode defaultGates}. */
  readonly gates?: Partial<Gates>;
}

/**
 * The name under which the catalogue stores what {@linkcode normalize} does with these parameters:
 * all of them, those left to their defaults included.
 */
export function normalizationSettings(
  { alignment = "eyes", size = 100, eyeX = 0.35, eyeY = 0.35, detector = {}, gates = {} }:
    NormalizeOptions = {},
): string {
  return canonicalJson({
    // Raised when the same parameters come to mean something else.
    version: 3,
    align: alignment === "eyes" ? { alignment, size, eyeX, eyeY } : { alignment, size },
    detector,
    gates: rounded({ ...defaultGates, ...gates }, 6),
  });
}

/**
 * Finds, levels, crops and measures every face of every kept picture. Crops are PNG files below the
 * catalogue's `crops/`; a face that fails a gate is stored with its reason and its crop, so that it
 * can be looked at.
 *
 * A piece of work is a group of up to eight pictures: decoded while the group before is computed,
 * then stored in one transaction a picture. Killed at any moment, the stage loses at most the groups
 * in hand and ends in the same catalogue.
 */
export async function* normalize(
  catalog: Catalog,
  options: NormalizeOptions = {},
  signal?: AbortSignal,
): AsyncGenerator<Progress> {
  const began = performance.now();
  const settings = normalizationSettings(options);
  const total = catalog.keptPictures().length;
  const pending = catalog.pendingForNormalization(settings);
  const resumed = total - pending.length;
  let [done, found, rejected] = [resumed, 0, 0];
  const report = (): Progress => ({
    what: "Normalizing",
    done,
    total,
    resumed,
    unit: "pictures",
    seconds: (performance.now() - began) / 1000,
    note: `${found} faces, ${rejected} of them rejected`,
  });
  yield report();
  if (pending.length === 0) return;
  const detector = await loadFaceDetector(options.detector);
  const work = (group: readonly PictureRow[]) =>
    normalizeGroup(group, { catalog, detector, options, settings });
  if (signal?.aborted) return;
  for await (const results of ahead(groups(pending), work)) {
    for (const { picture, faces, failure } of results) {
      catalog.saveNormalization(picture.id, settings, {
        status: faces.length > 0 ? "done" : "rejected",
        reason: failure ? "unreadable" : faces.length > 0 ? null : "no-face",
        detail: failure,
        faces,
      });
      found += faces.length;
      rejected += faces.filter(({ reason }) => reason).length;
    }
    done += results.length;
    yield report();
    if (signal?.aborted) return;
  }
}

interface Context {
  readonly catalog: Catalog;
  readonly detector: FaceDetector;
  readonly options: NormalizeOptions;
  readonly settings: string;
}

interface NormalizedPicture {
  readonly picture: PictureRow;
  readonly faces: readonly NewFace[];
  /** Why the picture could not be read, or null. */
  readonly failure: string | null;
}

async function normalizeGroup(
  group: readonly PictureRow[],
  context: Context,
): Promise<NormalizedPicture[]> {
  const decoded = await Promise.all(
    group.map((picture) => readPicture(context.catalog, picture.file)),
  );
  const images = decoded.flatMap(({ image }) => image ?? []);
  const found = await context.detector.detect(images);
  return await Promise.all(group.map(async (picture, index) => {
    const { image, failure } = decoded[index]!;
    const faces = image ? found.shift()! : [];
    const stored = faces.map((face, position) =>
      storeFace(face, { picture, position, image: image!, ...context })
    );
    return { picture, faces: await Promise.all(stored), failure };
  }));
}

/** Measures a face, writes its crop and says all that the catalogue keeps of it. */
async function storeFace(
  face: Face,
  { picture, position, image, catalog, options, settings }: Context & {
    readonly picture: PictureRow;
    readonly position: number;
    readonly image: RgbImage;
  },
): Promise<NewFace> {
  const { size = 100 } = options;
  // Rounded before anything is made of them: what is stored is what the crop was made with.
  const landmarks = rounded(face.landmarks, 3);
  const transform = rounded(alignTransform(landmarks, options), 7);
  const { yaw, pitch, roll, confidence } = rounded(face, 4);
  const quality = rounded(measureQuality(face, { picture: image, transform, size }), 4);
  const gates = { ...defaultGates, ...options.gates };
  const failed = failedGate({ ...quality, yaw, pitch, roll, confidence }, gates);
  const crop = cropPath(picture.sha256!, position, settings);
  await writeCrop(catalog, crop, alignedCrop(image, transform, options));
  return {
    box: rounded(face.box, 2),
    landmarks,
    yaw,
    pitch,
    roll,
    confidence,
    quality: { ...quality },
    transform,
    crop,
    reason: failed?.reason ?? null,
  };
}
