import { createHash } from "node:crypto";
import { dirname } from "node:path";
import sharp from "sharp";
import type { Catalog } from "../../lib/catalog/mod.ts";
import { packageFile } from "../../lib/faces/network.ts";

/** Six photographs of groups that come with the npm package of face-api. */
export const groupPhotos = [1, 2, 3, 4, 5, 6].map((number) =>
  packageFile("@vladmandic/face-api", "demo", `sample${number}.jpg`)
);

/** Pieces of the group photos, small enough for a quick test: some with faces, some without. */
export async function photoPieces(count: number): Promise<Uint8Array[]> {
  return await Promise.all(Array.from({ length: count }, async (_, index) => {
    const photo = sharp(groupPhotos[index % groupPhotos.length]!);
    const { width, height } = await photo.metadata();
    const [across, down] = [Math.round(width / 2), Math.round(height / 2)];
    const left = Math.round((width - across) * (index / count));
    const top = Math.round((height - down) * ((index * 7 % count) / count));
    return new Uint8Array(
      await photo.extract({ left, top, width: across, height: down }).resize(400).jpeg().toBuffer(),
    );
  }));
}

/** Stores files as pictures that a crawl has kept. */
export async function fillCatalog(catalog: Catalog, files: readonly Uint8Array[]): Promise<void> {
  const query = catalog.addQuery({ engine: "google", keyword: "test", limit: files.length });
  const urls = files.map((_, index) => ({ url: `http://photos.example/${index}.jpg` }));
  catalog.saveCandidates(query.id, { candidates: urls, page: 0 });
  const rows = new Map(catalog.pictures().map((row) => [row.url, row]));
  for (const [index, bytes] of files.entries()) {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const file = `pictures/${sha256.slice(0, 2)}/${sha256}.jpg`;
    await Deno.mkdir(dirname(catalog.resolve(file)), { recursive: true });
    await Deno.writeFile(catalog.resolve(file), bytes);
    catalog.recordPicture(rows.get(urls[index]!.url)!.id, {
      status: "kept",
      sha256,
      file,
      bytes: bytes.length,
      width: 400,
      height: 300,
      format: "jpeg",
    });
  }
}
