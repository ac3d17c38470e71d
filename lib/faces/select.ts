import { canonicalJson, type Catalog, type FaceRow, type Judgement } from "../catalog/mod.ts";
import { decodeImage, type RgbImage } from "../image/mod.ts";

/** Parameters of {@linkcode select}. */
export interface SelectOptions {
  /** The faces to choose from: the settings of the normalization that found them. */
  readonly normalization: string;
  /** P(woman) that a model must give at least. Default: 0.72, the post's. */
  readonly threshold?: number;
  /** Names of the models that are heard. Default: `human` and `faceApi`. */
  readonly models?: readonly string[];
  /** How many of them must agree. Default: all. */
  readonly agreement?: number;
  /**
   * Faces that every heard model reads as younger than this many years are dropped; null: none is.
   * Apparent age is a poor measure: read the notebook's ages before you set it.
   */
  readonly minimumAge?: number | null;
}

/** Why a face is not selected. */
export type SelectionReason = "not-judged" | "unknown" | "below" | "disagree" | "young";

/** A selection as it was written. */
export interface SelectionResult {
  /** The name under which the catalogue stores it. */
  readonly settings: string;
  readonly kept: number;
  /** Number of faces by the reason why they are not selected. */
  readonly rejected: Readonly<Partial<Record<SelectionReason, number>>>;
}

/** The name under which the catalogue stores a selection with these parameters. */
export function selectionSettings(options: SelectOptions): string {
  return canonicalJson(withDefaults(options));
}

/**
 * Decides which faces are kept, from the scores in the catalogue alone: no model runs, so that a
 * threshold can be moved and looked at in a moment. The decision, with its reason, is stored.
 */
export function select(catalog: Catalog, options: SelectOptions): SelectionResult {
  const settings = selectionSettings(options);
  const rows = catalog.judgements(options.normalization).map(({ face, judgements }) => ({
    faceId: face.id,
    reason: reasonAgainst(judgements, options),
  }));
  catalog.saveSelections(settings, rows.map((row) => ({ ...row, kept: row.reason === null })));
  const rejected: Partial<Record<SelectionReason, number>> = {};
  for (const { reason } of rows) if (reason) rejected[reason] = (rejected[reason] ?? 0) + 1;
  return { settings, kept: rows.filter(({ reason }) => reason === null).length, rejected };
}

/**
 * Why a face is not selected, or null where it is:
 *
 * - `not-judged`: a model has not been asked
 * - `unknown`: too few models agree, and one that might have made the difference cannot tell
 * - `disagree`: some models put it above the threshold, but too few
 * - `below`: no model puts it above the threshold
 * - `young`: enough models agree, and every one reads it as younger than `minimumAge`
 */
export function reasonAgainst(
  judgements: Readonly<Record<string, Pick<Judgement, "pWoman" | "age">>>,
  options: Omit<SelectOptions, "normalization">,
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
  const ages = heard.flatMap((judgement) => judgement!.age ?? []);
  const isYoung = minimumAge !== null && ages.length > 0 && ages.every((age) => age < minimumAge);
  return isYoung ? "young" : null;
}

function withDefaults<Options extends Omit<SelectOptions, "normalization">>(options: Options) {
  const { models = ["human", "faceApi"], threshold = 0.72, minimumAge = null } = options;
  const agreement = options.agreement ?? models.length;
  return { ...options, models, threshold, minimumAge, agreement };
}

/** A selected face and its crop. */
export interface SelectedCrop {
  readonly face: FaceRow;
  readonly image: RgbImage;
}

/**
 * The crops that a selection keeps, in the catalogue's order.
 *
 * @param settings of the selection, as {@linkcode select} returns them
 * @throws Error where a crop's file is missing or cannot be read
 */
export async function selectedCrops(catalog: Catalog, settings: string): Promise<SelectedCrop[]> {
  return await Promise.all(
    catalog.selectedFaces(settings).map(async (face) => ({
      face,
      image: await readCrop(catalog, face),
    })),
  );
}

/**
 * The crop of a face.
 *
 * @throws Error where its file is missing or cannot be read
 */
export async function readCrop(
  catalog: Catalog,
  { id, crop }: Pick<FaceRow, "id" | "crop">,
): Promise<RgbImage> {
  if (!crop) throw new Error(`Face ${id} has no crop: run the normalize stage again`);
  try {
    return await decodeImage(catalog.resolve(crop));
  } catch (cause) {
    throw new Error(
      `The crop ${crop} of face ${id} cannot be read: run the normalize stage again`,
      {
        cause,
      },
    );
  }
}
