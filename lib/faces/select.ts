import { canonicalJson, type Catalog, type JudgedFace, type Judgement } from "../catalog/mod.ts";
import { alikeGroups, distancesFromMean, repeats } from "./alike.ts";

/** How {@linkcode choose} decides. */
export interface ChooseOptions {
  /** P(woman) that a model must give at least. Default: 0.72, the post's. */
  readonly threshold?: number;
  /** Names of the models that are heard. Default: `human` and `faceApi`. */
  readonly models?: readonly string[];
  /** How many of them must agree. Default: two, or one where one is heard. */
  readonly agreement?: number;
  /**
   * Faces that any heard model reads as younger than this many years are dropped as children's; null:
   * none is. These estimators read young women younger by years, so that the number is no age by
   * law: see the notebook's ages before you move it. Default: 12.
   */
  readonly minimumAge?: number | null;
  /**
   * Of faces whose embeddings have at least this cosine similarity, the largest is kept; null: all
   * are. Default: 0.95, which drops 8 of 1,000 portraits by one generator. Photographs of different
   * people stay below 0.75 and altered copies above 0.85: there 0.85 serves better.
   */
  readonly duplicateSimilarity?: number | null;
  /** Faces kept of one identity, the largest first; null: all. Default: null. */
  readonly perIdentity?: number | null;
  /** Cosine similarity of two faces of one identity. Default: {@linkcode sameIdentity}. */
  readonly identitySimilarity?: number;
  /**
   * Cosine distance of an embedding from the mean of all that are kept so far, beyond which a face
   * is an outlier; null: none is. Default: null.
   */
  readonly maximumDistance?: number | null;
}

/** Parameters of {@linkcode select}. */
export interface SelectOptions extends ChooseOptions {
  /** The faces to choose from: the settings of the normalization that found them. */
  readonly normalization: string;
}

/**
 * Why a face is not selected:
 *
 * - `not-judged`: a model has not been asked
 * - `unknown`: too few models agree, and one that might have made the difference cannot tell
 * - `disagree`: some models put it above the threshold, but too few
 * - `below`: no model puts it above the threshold
 * - `young`: enough models agree, but one reads it as younger than `minimumAge`
 * - `outlier`: it is farther from the average than `maximumDistance`
 * - `duplicate`: it is as good as another one that is kept
 * - `repeated`: enough faces of this identity are kept
 */
export type SelectionReason =
  | "not-judged"
  | "unknown"
  | "below"
  | "disagree"
  | "young"
  | "outlier"
  | "duplicate"
  | "repeated";

/** What becomes of a face. */
export interface Choice extends JudgedFace {
  /** Null: it is kept. */
  readonly reason: SelectionReason | null;
}

/** A selection as it was written. */
export interface SelectionResult {
  /** The name under which the catalogue stores it. */
  readonly settings: string;
  readonly kept: number;
  /** Number of faces by the reason why they are not selected. */
  readonly rejected: Readonly<Partial<Record<SelectionReason, number>>>;
}

/**
 * Cosine similarity of Human's embeddings from which on two faces count as one person's. Photographs
 * of different people stay below 0.75; painted and generated faces of one family come up to 0.92.
 */
export const sameIdentity = 0.92;

/** The name under which the catalogue stores a selection with these parameters. */
function selectionSettings(options: SelectOptions): string {
  return canonicalJson({ ...withDefaults(options), normalization: options.normalization });
}

/**
 * Decides which faces are kept, from the scores in the catalogue alone: no model runs, so that a
 * threshold can be moved and looked at in a moment. The decision, with its reason, is stored.
 */
export function select(catalog: Catalog, options: SelectOptions): SelectionResult {
  const settings = selectionSettings(options);
  const choices = choose(catalog.judgements(options.normalization), options);
  catalog.saveSelections(
    settings,
    choices.map(({ face, reason }) => ({ faceId: face.id, kept: reason === null, reason })),
  );
  const rejected: Partial<Record<SelectionReason, number>> = {};
  for (const { reason } of choices) if (reason) rejected[reason] = (rejected[reason] ?? 0) + 1;
  return { settings, kept: choices.filter(({ reason }) => reason === null).length, rejected };
}

/** {@linkcode select} without a catalogue: what becomes of each face, in their order. */
export function choose(judged: readonly JudgedFace[], options: ChooseOptions = {}): Choice[] {
  const { maximumDistance, duplicateSimilarity, perIdentity, identitySimilarity } = withDefaults(
    options,
  );
  const reasons = judged.map(({ judgements }): SelectionReason | null =>
    reasonAgainst(judgements, options)
  );
  /** The positions of the faces kept so far, large ones first, with their embeddings. */
  const kept = () => {
    const positions = reasons.flatMap((reason, position) => reason === null ? [position] : [])
      .sort((a, b) => sizeOf(judged[b]!) - sizeOf(judged[a]!) || a - b);
    return { positions, embeddings: positions.map((position) => embeddingOf(judged[position]!)) };
  };
  if (maximumDistance !== null) {
    const { positions, embeddings } = kept();
    distancesFromMean(embeddings).forEach((distance, index) => {
      if ((distance ?? 0) > maximumDistance) reasons[positions[index]!] = "outlier";
    });
  }
  if (duplicateSimilarity !== null) {
    const { positions, embeddings } = kept();
    repeats(embeddings, duplicateSimilarity).forEach((original, index) => {
      if (original !== null) reasons[positions[index]!] = "duplicate";
    });
  }
  if (perIdentity !== null) {
    const { positions, embeddings } = kept();
    const counts = new Map<number, number>();
    alikeGroups(embeddings, identitySimilarity).forEach((group, index) => {
      const count = (counts.get(group) ?? 0) + 1;
      counts.set(group, count);
      if (count > perIdentity) reasons[positions[index]!] = "repeated";
    });
  }
  return judged.map((row, position) => ({ ...row, reason: reasons[position]! }));
}

/** What the judgements of one face say against it, or null where they say nothing. */
export function reasonAgainst(
  judgements: Readonly<Record<string, Pick<Judgement, "pWoman" | "age">>>,
  options: ChooseOptions = {},
): SelectionReason | null {
  const { threshold, models, agreement, minimumAge } = withDefaults(options);
  const heard = models.map((model) => judgements[model]);
  if (heard.some((judgement) => !judgement)) return "not-judged";
  const above = heard.filter((judgement) => (judgement!.pWoman ?? -1) >= threshold).length;
  const unknown = heard.filter((judgement) => judgement!.pWoman === null).length;
  if (above < agreement) {
    if (above + unknown >= agreement) return "unknown";
    return above > 0 ? "disagree" : "below";
  }
  const isYoung = minimumAge !== null &&
    heard.some((judgement) => judgement!.age !== null && judgement!.age < minimumAge);
  return isYoung ? "young" : null;
}

function withDefaults(
  {
    threshold = 0.72,
    models = ["human", "faceApi"],
    agreement = Math.min(2, models.length),
    minimumAge = 12,
    duplicateSimilarity = 0.95,
    perIdentity = null,
    identitySimilarity = sameIdentity,
    maximumDistance = null,
  }: ChooseOptions,
): Required<ChooseOptions> {
  if (!(agreement >= 1 && agreement <= models.length)) {
    throw new RangeError(
      `Expected agreement of 1 to ${models.length}, the number of models, but found ${agreement}`,
    );
  }
  return {
    threshold,
    models,
    agreement,
    minimumAge,
    duplicateSimilarity,
    perIdentity,
    identitySimilarity,
    maximumDistance,
  };
}

/** The description that a model gave of a face; null where none did. */
export function embeddingOf({ judgements }: Pick<JudgedFace, "judgements">): Float32Array | null {
  return Object.values(judgements).find(({ embedding }) => embedding)?.embedding ?? null;
}

const sizeOf = ({ face }: JudgedFace) => face.quality.size ?? 0;
