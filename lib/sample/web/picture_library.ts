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

  /** What is true of a picture; undefined for a copy of a file that could not be decoded. */
  find(id: string): TruthPicture | undefined {
    return this.#pictures.get(id);
  }

  /** The bytes of a picture's file. */
  read({ file }: TruthPicture): Promise<Uint8Array<ArrayBuffer>> {
    return Deno.readFile(resolve(this.#folder, file));
  }

  /** A JPEG of at most 160 pixels a side; a grey one where the file cannot be decoded. */
  thumbnail(picture: TruthPicture): Promise<Uint8Array<ArrayBuffer>> {
    const made = this.#thumbnails.get(picture.id) ?? this.#makeThumbnail(picture);
    this.#thumbnails.set(picture.id, made);
    return made;
  }

  async #makeThumbnail(picture: TruthPicture): Promise<Uint8Array<ArrayBuffer>> {
    const image = picture.width > 0
      ? sharp(await this.read(picture)).autoOrient()
      : sharp({ create: { width: side, height: side, channels: 3, background: "#888" } });
    const thumbnail = image.resize(side, side, { fit: "inside", withoutEnlargement: true });
    return new Uint8Array(await thumbnail.flatten().jpeg({ quality: 70 }).toBuffer());
  }
}

/** Longer side of a thumbnail in pixels. */
const side = 160;
