import assert from "node:assert/strict";
import fc from "fast-check";
import { type Catalog, openCatalog } from "../../lib/catalog/mod.ts";

const zeros = "0".repeat(16);

/** Pictures with these hashes, listed in this order, recorded in the order of `arrival`. */
function fill(
  catalog: Catalog,
  listed: readonly { sha256: string; hash: string }[],
  arrival: readonly number[] = listed.map((_, index) => index),
): void {
  const query = catalog.addQuery({ engine: "google", keyword: "k", limit: 100 });
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
