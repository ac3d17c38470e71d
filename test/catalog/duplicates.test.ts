import assert from "node:assert/strict";
import fc from "fast-check";
import { type Catalog, openCatalog } from "../../lib/catalog/mod.ts";
import { randomNumbers } from "../../lib/run/mod.ts";

const zeros = "0".repeat(16);

/** Pictures with these hashes, listed in this order, recorded in the order of `arrival`. */
function fill(
  catalog: Catalog,
  listed: readonly { sha256: string; hash: string }[],
  arrival: readonly number[] = listed.map((_, index) => index),
): void {
  const query = catalog.addQuery({ engine: "google", keyword: "k", limit: 1000 });
  const url = (index: number) => `http://a.example/${index}`;
  catalog.saveCandidates(query.id, {
    candidates: listed.map((_, index) => ({ url: url(index) })),
    page: 0,
  });
  const ids = new Map(catalog.pictures().map((row) => [row.url, row.id]));
  for (const index of arrival) {
    const { sha256, hash } = listed[index]!;
    catalog.recordPicture(ids.get(url(index))!, {
      status: "kept",
      sha256,
      perceptualHash: hash,
    });
  }
}

Deno.test("linkDuplicates links equal bytes and near hashes to the first listed", () => {
  using catalog = openCatalog(":memory:");
  fill(catalog, [
    { sha256: "a", hash: zeros },
    { sha256: "b", hash: "7" + zeros.slice(1) },
    { sha256: "a", hash: zeros },
    { sha256: "c", hash: "f".repeat(16) },
  ]);
  assert.equal(catalog.linkDuplicates({ maximumDistance: 3 }), 2);
  const byUrl = new Map(catalog.pictures().map((row) => [row.url.at(-1), row]));
  const first = byUrl.get("0")!;
  assert.deepEqual(
    ["0", "1", "2", "3"].map((name) => [byUrl.get(name)!.status, byUrl.get(name)!.duplicateOf]),
    [["kept", null], ["rejected", first.id], ["rejected", first.id], ["kept", null]],
  );
  assert.equal(byUrl.get("1")!.detail, "looks the same: 3 bits differ");
  assert.equal(byUrl.get("2")!.detail, "same bytes");
  assert.equal(catalog.linkDuplicates({ maximumDistance: 2 }), 1);
  assert.equal(catalog.keptPictures().length, 3);
});

Deno.test("linkDuplicates: a picture of an earlier crawl stays the first", () => {
  using catalog = openCatalog(":memory:");
  fill(catalog, [{ sha256: "x", hash: zeros }, { sha256: "a", hash: "f".repeat(16) }]);
  catalog.linkDuplicates({ maximumDistance: 0 });
  const later = catalog.addQuery({ engine: "bing", keyword: "k", limit: 9 });
  catalog.saveCandidates(later.id, { candidates: [{ url: "http://b.example/" }], page: 0 });
  catalog.recordPicture(catalog.pictures({ status: "found" })[0]!.id, {
    status: "kept",
    sha256: "a",
  });
  catalog.linkDuplicates({ maximumDistance: 0 });
  assert.deepEqual(catalog.pictures({ reason: "duplicate" }).map(({ url }) => url), [
    "http://b.example/",
  ]);
});

Deno.test("linkDuplicates finds what comparing every hash with every other finds", () => {
  const random = randomNumbers(3);
  const digit = () => Math.floor(random() * 16).toString(16);
  const seeds = Array.from({ length: 40 }, () => Array.from({ length: 64 }, digit));
  const hashes = Array.from({ length: 400 }, (_, index) => {
    const hash = [...seeds[index % seeds.length]!];
    for (let changes = random() * 12; changes > 1; changes--) {
      hash[Math.floor(random() * 64)] = digit();
    }
    return hash.join("");
  });
  const maximumDistance = 14;
  /** For every hash that repeats an earlier one, how far the nearest of those is. */
  const nearest = new Map<string, number>();
  const originalHashes: string[] = [];
  for (const hash of hashes) {
    const distance = Math.min(...originalHashes.map((other) => differing(hash, other)));
    if (distance <= maximumDistance) nearest.set(hash, distance);
    else originalHashes.push(hash);
  }
  using catalog = openCatalog(":memory:");
  fill(catalog, hashes.map((hash, index) => ({ sha256: String(index), hash })));
  assert.equal(
    catalog.linkDuplicates({ maximumDistance }),
    hashes.length - originalHashes.length,
  );
  const byId = new Map(catalog.pictures().map((row) => [row.id, row]));
  for (const { perceptualHash, duplicateOf, detail } of catalog.pictures({ reason: "duplicate" })) {
    const distance = nearest.get(perceptualHash!);
    assert.equal(differing(byId.get(duplicateOf!)!.perceptualHash!, perceptualHash!), distance);
    assert.equal(detail, `looks the same: ${distance} bits differ`);
  }
});

/** Bits that differ between two hashes, counted digit by digit. */
function differing(left: string, right: string): number {
  return Array.from(left, (digit, index) => {
    const bits = parseInt(digit, 16) ^ parseInt(right[index]!, 16);
    return [...bits.toString(2)].filter((bit) => bit === "1").length;
  }).reduce((sum, bits) => sum + bits, 0);
}

Deno.test("linkDuplicates: any arrival order and any interim pass give the same catalogue", () => {
  const digits = fc.constantFrom("0", "1", "3", "7", "f");
  const picture = fc.record({
    sha256: fc.constantFrom("a", "b", "c", "d", "e", "f"),
    hash: fc.array(digits, { minLength: 8, maxLength: 8 }).map((list) => list.join("")),
  });
  fc.assert(
    fc.property(
      fc.array(picture, { minLength: 1, maxLength: 12 }).chain((listed) =>
        fc.tuple(
          fc.constant(listed),
          fc.shuffledSubarray(listed.map((_, index) => index), { minLength: listed.length }),
          fc.nat(listed.length),
        )
      ),
      ([listed, arrival, interim]) => {
        using straight = openCatalog(":memory:");
        fill(straight, listed);
        straight.linkDuplicates({ maximumDistance: 3 });
        using shuffled = openCatalog(":memory:");
        fill(shuffled, listed, arrival.slice(0, interim));
        shuffled.linkDuplicates({ maximumDistance: 3 });
        const ids = new Map(shuffled.pictures().map((row) => [row.url, row.id]));
        for (const index of arrival.slice(interim)) {
          const { sha256, hash } = listed[index]!;
          shuffled.recordPicture(ids.get(`http://a.example/${index}`)!, {
            status: "kept",
            sha256,
            perceptualHash: hash,
          });
        }
        shuffled.linkDuplicates({ maximumDistance: 3 });
        assert.equal(shuffled.snapshot(), straight.snapshot());
      },
    ),
    { numRuns: 200, seed: 1 },
  );
});
