import { resolve } from "node:path";
import sharp from "sharp";
import type { TruthPicture } from "../truth_picture.ts";
import type { World } from "../world.ts";

/** The files of a world by their ids, and their thumbnails, made when they are first asked for. */
export class PictureLibrary {
  readonly #folder: string;
  readonly #pictures: ReadonlyMap<string, TruthPicture>;
  readonly #thumbnails = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

  constructor({ folder, truth }: World) {
    this.#folder = folder;
    this.#pictures = new Map(truth.map((picture) => [picture.id, picture]));
  }

  /** @throws Error where the plan names a picture that the truth does not know */
  picture(id: string): TruthPicture {
    const picture = this.#pictures.get(id);
    if (!picture) throw new Error(`The sample world in ${this.#folder} has no picture ${id}`);
    return picture;
  }

  /** The bytes of a picture's file. */
  read(id: string): Promise<Uint8Array<ArrayBuffer>> {
    return Deno.readFile(resolve(this.#folder, this.picture(id).file));
  }

  /** A JPEG of at most 160 pixels a side. @throws Error where the file cannot be decoded */
  thumbnail(id: string): Promise<Uint8Array<ArrayBuffer>> {
    const known = this.#thumbnails.get(id);
    if (known) return known;
    const made = this.read(id).then(async (bytes) =>
      new Uint8Array(
        await sharp(bytes).resize(160, 160, { fit: "inside", withoutEnlargement: true })
          .jpeg({ quality: 70 }).toBuffer(),
      )
    );
    this.#thumbnails.set(id, made);
    return made;
  }
}
