import type { Catalog, FaceRow } from "../catalog/mod.ts";
import { decodeImage, type RgbImage } from "../image/mod.ts";

/** A selected face and its crop. */
export interface SelectedCrop {
  readonly face: FaceRow;
  readonly image: RgbImage;
}

/**
 * The crops that a selection keeps, in the catalogue's order.
 *
 * @param settings of the selection, as `select` returns them
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
      { cause },
    );
  }
}
