import { join } from "node:path";
import { rmSync } from "node:fs";
import { firstOrigins } from "./pictures.ts";
import type { Store } from "./store.ts";
import { bare, type Forgotten, isOnDomain, setTombstone } from "./tombstones.ts";

/** What is to be taken down: one picture, or everything from a domain and the hosts below it. */
export type Takedown = { readonly url: string } | { readonly domain: string };

/** What a take-down has removed. */
export interface Removed {
  readonly pictures: number;
  readonly faces: number;
  readonly files: number;
}

interface Doomed {
  readonly id: number;
  readonly url: string;
  readonly sha256: string | null;
  readonly file: string | null;
  readonly look: string | null;
  readonly detail: Forgotten;
}

/**
 * Takes pictures down: their bytes (all unfinished downloads included), their faces and crops with
 * all judgements and selections, their titles and authors. What stays is a row that says
 * `forgotten`, and a tombstone by which a crawl knows what it must not take again. The catalogue
 * does not know of manifests and sets of faces that were exported: export them again.
 *
 * A URL stands for the picture, so its copies at other addresses go too, and their bytes and looks
 * are remembered as hashes. A domain stands for an owner: what lies there or was found on a page
 * there goes; copies elsewhere stay.
 *
 * No other stage may be at work. An interrupted call is made good by calling again.
 *
 * @param folder the folder that stored paths are relative to
 * @throws TypeError where the URL or the domain is none
 */
export function forget(store: Store, folder: string, what: Takedown): Removed {
  return store.transaction(() => {
    const doomed = "url" in what ? copiesOf(store, what.url) : picturesFrom(store, what.domain);
    let faces = 0;
    const files = new Set<string>();
    for (const picture of doomed) {
      const found = store.all<{ crop: string | null }>(
        "SELECT crop FROM faces WHERE picture_id = :id",
        { id: picture.id },
      );
      faces += found.length;
      for (const { crop } of found) if (crop) files.add(crop);
      if (picture.file) files.add(picture.file);
      if ("url" in what) {
        setTombstone(store, "url", picture.url);
        if (picture.sha256) setTombstone(store, "sha256", picture.sha256);
        if (picture.look) setTombstone(store, "look", picture.look);
      } else {
        passOn(store, picture.id);
      }
      store.run("DELETE FROM faces WHERE picture_id = :id", { id: picture.id });
      store.run("DELETE FROM normalizations WHERE picture_id = :id", { id: picture.id });
      bare(store, picture.id, picture.detail);
    }
    // Files go before the transaction ends: rows without files can be mended, files without rows
    // would stay for ever.
    let removed = 0;
    for (const file of files) {
      if (store.get("SELECT 1 FROM pictures WHERE file = :file", { file })) continue;
      rmSync(join(folder, file), { force: true });
      removed++;
    }
    rmSync(join(folder, "pictures", "parts"), { recursive: true, force: true });
    return { pictures: doomed.length, faces, files: removed };
  });
}

const columns = "id, url, sha256, file, perceptual_hash AS look";

function copiesOf(store: Store, address: string): Doomed[] {
  const url = new URL(address).href;
  setTombstone(store, "url", url);
  return store.all<Doomed>(
    `SELECT ${columns}, 'its address' AS detail FROM pictures
     WHERE coalesce(duplicate_of, id) =
       (SELECT coalesce(duplicate_of, id) FROM pictures WHERE url = :url)
     ORDER BY url`,
    { url },
  );
}

function picturesFrom(store: Store, name: string): Doomed[] {
  if (!URL.canParse(`http://${name}`) || /[/:@?#]/.test(name)) {
    throw new TypeError(`Expected a domain such as "example.com" but found "${name}"`);
  }
  const domain = new URL(`http://${name}`).hostname;
  setTombstone(store, "domain", domain);
  const pages = new Set(
    store.all<{ id: number; page: string }>(
      "SELECT picture_id AS id, page_url AS page FROM origins WHERE page_url IS NOT NULL",
    ).filter(({ page }) => isOnDomain(page, domain)).map(({ id }) => id),
  );
  return store.all<Omit<Doomed, "detail">>(`SELECT ${columns} FROM pictures ORDER BY url`)
    .flatMap((row): Doomed[] =>
      isOnDomain(row.url, domain)
        ? [{ ...row, detail: "its domain" }]
        : pages.has(row.id)
        ? [{ ...row, detail: "its page's domain" }]
        : []
    );
}

/** The first copy of a picture that goes takes its place. */
function passOn(store: Store, id: number): void {
  const heir = store.get<{ id: number }>(
    `SELECT id FROM pictures JOIN (${firstOrigins}) USING (id)
     WHERE duplicate_of = :id ORDER BY place LIMIT 1`,
    { id },
  );
  if (!heir) return;
  store.run(
    `UPDATE pictures SET status = 'kept', reason = NULL, detail = NULL, duplicate_of = NULL
     WHERE id = :heir`,
    { heir: heir.id },
  );
  store.run("UPDATE pictures SET duplicate_of = :heir WHERE duplicate_of = :id", {
    id,
    heir: heir.id,
  });
}
