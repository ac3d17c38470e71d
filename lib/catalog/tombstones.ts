import { hammingDistance, wordsOf } from "./hamming_distance.ts";
import type { Store } from "./store.ts";

/** What a tombstone stands for. */
export type TombstoneKind = "url" | "domain" | "sha256" | "look";

/** Why a picture is not taken again. */
export type Forgotten =
  | "its address"
  | "its domain"
  | "its page's domain"
  | "its bytes"
  | "its look";

/** Sets a tombstone; one that is there stays. */
export function setTombstone(store: Store, kind: TombstoneKind, value: string): void {
  store.run(
    "INSERT OR IGNORE INTO tombstones (kind, value, forgotten_at) VALUES (:kind, :value, :now)",
    { kind, value, now: new Date().toISOString() },
  );
}

/** What of an address was taken down, or null. */
export function forgottenAddress(
  store: Store,
  { url, pageUrl = null }: { url: string; pageUrl?: string | null },
): Forgotten | null {
  const domains = store.all<{ value: string }>(
    "SELECT value FROM tombstones WHERE kind = 'domain'",
  );
  const isForgotten = (address: string | null) =>
    domains.some(({ value }) => address !== null && isOnDomain(address, value));
  if (store.get("SELECT 1 FROM tombstones WHERE kind = 'url' AND value = :url", { url })) {
    return "its address";
  }
  return isForgotten(url) ? "its domain" : isForgotten(pageUrl) ? "its page's domain" : null;
}

/** What of a file was taken down, or null: a copy at another address is the same picture. */
export function forgottenContent(
  store: Store,
  { sha256, perceptualHash, maximumDistance }: {
    sha256: string;
    perceptualHash: string | null;
    maximumDistance: number;
  },
): Forgotten | null {
  if (store.get("SELECT 1 FROM tombstones WHERE kind = 'sha256' AND value = :sha256", { sha256 })) {
    return "its bytes";
  }
  if (perceptualHash === null) return null;
  const words = wordsOf(perceptualHash);
  const alike = store.all<{ value: string }>("SELECT value FROM tombstones WHERE kind = 'look'")
    .some(({ value }) => hammingDistance(words, wordsOf(value)) <= maximumDistance);
  return alike ? "its look" : null;
}

/** True for the domain itself and everything below it, whatever the port. */
export function isOnDomain(address: string, domain: string): boolean {
  const { hostname } = new URL(address);
  return hostname === domain || hostname.endsWith(`.${domain}`);
}

/** Leaves nothing of a picture but its address, its ranks and the word `forgotten`. */
export function bare(store: Store, pictureId: number, detail: Forgotten): void {
  store.run(
    `UPDATE pictures SET status = 'rejected', reason = 'forgotten', detail = :detail,
       sha256 = NULL, file = NULL, bytes = NULL, width = NULL, height = NULL, format = NULL,
       perceptual_hash = NULL, duplicate_of = NULL, fetched_at = NULL
     WHERE id = :pictureId`,
    { pictureId, detail },
  );
  store.run(
    `UPDATE origins SET page_url = NULL, thumbnail_url = NULL, title = NULL, author = NULL,
       licence = NULL, licence_url = NULL, stated_width = NULL, stated_height = NULL
     WHERE picture_id = :pictureId`,
    { pictureId },
  );
}
