import type { RgbImage } from "../image/mod.ts";
import { type Authenticity, authenticity } from "./authenticity.ts";
import type { Points } from "./gram.ts";
import { type KernelDistance, kernelDistance } from "./kernel_distance.ts";
import { mean } from "./mean.ts";
import { type Neighbourhoods, neighbourhoods } from "./neighbourhoods.ts";
import { standardization } from "./standardized.ts";

/** Turns faces into vectors: `FaceEmbedder` of lib/faces. No loss must use what judges. */
export interface Embedder {
  readonly name: string;
  describe(
    crops: readonly RgbImage[],
  ): Promise<{ readonly embedding: ArrayLike<number>; readonly pWoman?: number }[]>;
}

/** What generated faces are held against, and what looks at them. */
export interface FaceJudgeOptions {
  readonly training: readonly RgbImage[];
  readonly heldOut: readonly RgbImage[];
  readonly embedders: readonly Embedder[];
  /** Says for each crop whether it shows a face. */
  readonly findFaces: (crops: readonly RgbImage[]) => Promise<readonly boolean[]>;
  /** Neighbours that make a neighbourhood. Default: 5. */
  readonly k?: number;
}

/** How faces are, as one embedder sees them. */
export interface EmbeddedQuality extends Neighbourhoods, Authenticity {
  /** Distance of their distribution to that of the training faces. */
  readonly kernelDistance: KernelDistance;
}

/** How good faces are. */
export interface FaceQuality {
  readonly count: number;
  /** By the name of the embedder. */
  readonly seenBy: Readonly<Record<string, EmbeddedQuality>>;
  /** Part of them in which the detector finds a face. */
  readonly faceFound: number;
  /** Their mean probability to read as a woman's; NaN where no embedder says. */
  readonly pWoman: number;
}

/** Judges faces against the training faces. */
export interface FaceJudge {
  /**
   * Measures faces. Recall and coverage grow with their number, so neighbourhoods are those of no more
   * faces than are held out.
   */
  judge(faces: readonly RgbImage[]): Promise<FaceQuality>;
  /** Distance of faces to the training faces by each embedder: the quick part of `judge`. */
  distances(faces: readonly RgbImage[]): Promise<Readonly<Record<string, number>>>;
  /** The held-out faces, judged in the same way: no model of the faces can do better. */
  readonly floor: FaceQuality;
}

/**
 * A judge of faces that knows the training faces.
 *
 * @throws RangeError where there are no more than k training or held-out faces
 */
export async function faceJudge(options: FaceJudgeOptions): Promise<FaceJudge> {
  const { training, heldOut, embedders, findFaces, k = 5 } = options;
  const views: View[] = [];
  for (const embedder of embedders) {
    const raw = (await embedder.describe(training)).map(({ embedding }) => embedding);
    const standardize = standardization(raw);
    views.push({ embedder, standardize, training: standardize(raw) });
  }
  const judge = async (faces: readonly RgbImage[]): Promise<FaceQuality> => {
    const seenBy: Record<string, EmbeddedQuality> = {};
    const probabilities: number[] = [];
    for (const view of views) {
      const descriptions = await view.embedder.describe(faces);
      const points = view.standardize(descriptions.map(({ embedding }) => embedding));
      seenBy[view.embedder.name] = {
        kernelDistance: await kernelDistance(points, view.training),
        ...await neighbourhoods(view.training, points.slice(0, heldOut.length), { k }),
        ...await authenticity(view.training, points),
      };
      for (const { pWoman } of descriptions) {
        if (pWoman !== undefined) probabilities.push(pWoman);
      }
    }
    const found = await findFaces(faces);
    return {
      count: faces.length,
      seenBy,
      faceFound: found.filter((isFound) => isFound).length / faces.length,
      pWoman: mean(probabilities),
    };
  };
  const distances = async (faces: readonly RgbImage[]) => {
    const byName: Record<string, number> = {};
    for (const { embedder, standardize, training } of views) {
      const points = standardize(
        (await embedder.describe(faces)).map(({ embedding }) => embedding),
      );
      byName[embedder.name] = (await kernelDistance(points, training)).value;
    }
    return byName;
  };
  return { judge, distances, floor: await judge(heldOut) };
}

/** The training faces as one embedder sees them. */
interface View {
  readonly embedder: Embedder;
  readonly standardize: (points: Points) => Float32Array[];
  readonly training: Points;
}
