import assert from "node:assert/strict";
import { dirname } from "node:path";
import { type Catalog, openCatalog } from "../../lib/catalog/mod.ts";

/** A picture in the catalogue: where it lies, and where it was found. */
interface Stored {
  readonly url: string;
  readonly page?: string;
  readonly sha256: string;
  readonly hash?: string;
}

/** Runs with a catalogue that holds pictures with files, a face and a crop each, all judged. */
async function withPictures(
  pictures: readonly Stored[],
  work: (catalog: Catalog, files: () => string[]) => void,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    using catalog = openCatalog(`${folder}/catalog.sqlite`);
    const query = catalog.addQuery({ engine: "bing", keyword: "가수", limit: 99 });
    catalog.saveCandidates(query.id, {
      page: 0,
      candidates: pictures.map(({ url, page = null }) => ({ url, pageUrl: page, title: "name" })),
    });
    for (const { url, sha256, hash } of pictures) {
      const { id } = catalog.pictures().find((row) => row.url === url)!;
      const file = `pictures/${sha256}.jpg`;
      write(catalog, file);
      catalog.recordPicture(id, {
        status: "kept",
        sha256,
        file,
        perceptualHash: hash ?? null,
      });
    }
    catalog.linkDuplicates({ maximumDistance: 3 });
    for (const { id } of catalog.keptPictures()) {
      const crop = `crops/${id}.png`;
      write(catalog, crop);
      catalog.saveNormalization(id, "{}", {
        status: "done",
        faces: [{ box: [0, 0, 9, 9], landmarks: {}, crop }],
      });
    }
    for (const { id } of catalog.faces({ settings: "{}" })) {
      catalog.saveJudgement(id, "human", { pWoman: 0.9, age: 20 });
      catalog.saveSelections(`{"face":${id}}`, [{ faceId: id, kept: true }]);
    }
    const files = () =>
      ["pictures", "crops"].flatMap((name) =>
        [...Deno.readDirSync(catalog.resolve(name))].map((entry) => entry.name)
      ).sort();
    work(catalog, files);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function write(catalog: Catalog, file: string): void {
  Deno.mkdirSync(dirname(catalog.resolve(file)), { recursive: true });
  Deno.writeTextFileSync(catalog.resolve(file), "bytes");
}

const ones = "1".repeat(16);
const pictures: Stored[] = [
  { url: "http://a.example/1.jpg", page: "http://fans.example/p", sha256: "aa", hash: ones },
  { url: "http://cdn.b.example:81/2.jpg", page: "http://b.example/p", sha256: "aa", hash: ones },
  { url: "http://c.example/3.jpg", sha256: "cc", hash: `${"1".repeat(15)}3` },
  { url: "http://notb.example/4.jpg", sha256: "dd", hash: "f".repeat(16) },
];

const fates = (catalog: Catalog) =>
  Object.fromEntries(
    catalog.pictures().map(({ url, status, reason, detail }) => [
      new URL(url).pathname.slice(1, 2),
      reason === "forgotten" ? `forgotten: ${detail}` : reason ?? status,
    ]),
  );

Deno.test("forget a URL: the picture goes with its copies, faces, crops, judgements, selections", async () => {
  await withPictures(pictures, (catalog, files) => {
    assert.deepEqual(fates(catalog), { 1: "kept", 2: "duplicate", 3: "duplicate", 4: "kept" });
    const removed = catalog.forget({ url: "http://cdn.b.example:81/2.jpg" });
    assert.deepEqual(removed, { pictures: 3, faces: 1, files: 3 });
    assert.deepEqual(fates(catalog), {
      1: "forgotten: its address",
      2: "forgotten: its address",
      3: "forgotten: its address",
      4: "kept",
    });
    const [kept] = catalog.keptPictures();
    assert.deepEqual(files(), [`${kept!.id}.png`, "dd.jpg"]);
    assert.equal(catalog.judgements("{}").length, 1);
    const text = catalog.snapshot();
    assert.equal(text.match(/"title":"name"/g)!.length, 1);
    assert.match(text, /# judgements 1\n[^#]*# selections 1\n/);
    assert.deepEqual(catalog.forget({ url: "http://cdn.b.example:81/2.jpg" }), {
      pictures: 1,
      faces: 0,
      files: 0,
    });
    assert.equal(catalog.snapshot(), text, "forgetting twice changes nothing");
  });
});

Deno.test("forget a domain: what lies or was found there goes, a copy elsewhere takes its place", async () => {
  await withPictures(pictures, (catalog) => {
    catalog.forget({ domain: "FANS.example" });
    assert.deepEqual(fates(catalog), {
      1: "forgotten: its page's domain",
      2: "kept",
      3: "duplicate",
      4: "kept",
    });
    const rows = catalog.pictures();
    const second = rows.find(({ url }) => url.endsWith("2.jpg"))!;
    assert.equal(rows.find(({ url }) => url.endsWith("3.jpg"))!.duplicateOf, second.id);
    assert.ok(Deno.statSync(catalog.resolve(second.file!)).isFile, "the bytes are still needed");
    catalog.forget({ domain: "b.example" });
    assert.deepEqual(fates(catalog), {
      1: "forgotten: its page's domain",
      2: "forgotten: its domain",
      3: "kept",
      4: "kept",
    });
    assert.throws(() => catalog.forget({ domain: "http://b.example/" }), /Expected a domain/);
  });
});

Deno.test("what was forgotten does not come back: not by address, domain, bytes or look", async () => {
  await withPictures(pictures, (catalog) => {
    catalog.forget({ url: "http://a.example/1.jpg" });
    catalog.forget({ url: "http://new.example/never-seen.jpg" });
    catalog.forget({ domain: "barred.example" });
    const query = catalog.addQuery({ engine: "google", keyword: "둘", limit: 99 });
    const { found, listed } = catalog.saveCandidates(query.id, {
      page: 0,
      candidates: [
        { url: "http://a.example/1.jpg", title: "again" },
        { url: "http://new.example/never-seen.jpg", title: "again" },
        { url: "http://deep.barred.example/5.jpg", title: "again" },
        { url: "http://d.example/6.jpg", pageUrl: "http://barred.example/p", title: "again" },
        { url: "http://d.example/7.jpg", title: "again" },
      ],
    });
    assert.equal(listed, 5);
    assert.deepEqual(found.map(({ url }) => url), ["http://d.example/7.jpg"]);
    assert.equal(catalog.snapshot().match(/"title":"again"/g)!.length, 1);
    const content = { sha256: "ee", perceptualHash: null, maximumDistance: 3 };
    assert.equal(catalog.forgottenContent({ ...content, sha256: "aa" }), "its bytes");
    const near = `${"1".repeat(15)}0`;
    assert.equal(catalog.forgottenContent({ ...content, perceptualHash: near }), "its look");
    assert.equal(catalog.forgottenContent({ ...content, perceptualHash: "0".repeat(16) }), null);
  });
});
