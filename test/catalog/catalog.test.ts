import assert from "node:assert/strict";
import {
  canonicalJson,
  type Catalog,
  type NewFace,
  openCatalog,
  removeCatalog,
} from "../../lib/catalog/mod.ts";

const settings = canonicalJson({ size: 64 });

const face = (x: number, reason: string | null = null): NewFace => ({
  box: [x, 10, 40.5, 50],
  landmarks: { leftEye: [x + 10, 20], rightEye: [x + 30, 20.25] },
  yaw: 0.1,
  quality: { sharpness: 2 },
  transform: [1, 0, 0, 1, -x, -10],
  crop: `crops/64/${x}.png`,
  reason,
});

/** A catalogue with `count` fetched pictures listed by two queries, stored in the order given. */
function fill(catalog: Catalog, order: readonly number[]): void {
  const [google, bing] = catalog.addQueries([
    { engine: "google", keyword: "하나", limit: 10 },
    { engine: "bing", keyword: "둘", limit: 10 },
  ]);
  const url = (index: number) => ({ url: `http://photos.example/${index}.jpg` });
  catalog.saveCandidates(google!.id, { candidates: [0, 1, 2].map(url), page: 0 });
  catalog.saveCandidates(bing!.id, { candidates: [2, 3, 4].map(url), page: 0 });
  const rows = catalog.pictures();
  for (const index of order) {
    catalog.recordPicture(rows.find((row) => row.url === url(index).url)!.id, {
      status: "kept",
      sha256: `${9 - index}`.repeat(64),
      file: `pictures/${index}.jpg`,
      width: 300,
      height: 400,
    });
  }
}

Deno.test("openCatalog works in a folder that is a link", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.symlink(folder, `${folder}-link`);
  openCatalog(`${folder}-link/catalog.sqlite`)[Symbol.dispose]();
  assert.ok((await Deno.stat(`${folder}/catalog.sqlite`)).isFile);
  for (const path of [`${folder}-link`, folder]) await Deno.remove(path, { recursive: true });
});

Deno.test("saveCandidates counts ranks on over pages and lists a URL once a query", () => {
  using catalog = openCatalog(":memory:");
  const query = catalog.addQuery({ engine: "bing", keyword: "가수", limit: 5 });
  const url = (name: string) => ({ url: `http://a.example/${name}` });
  assert.equal(
    catalog.saveCandidates(query.id, { candidates: [url("1"), url("2")], page: 0 }).listed,
    2,
  );
  assert.equal(
    catalog.saveCandidates(query.id, { candidates: [url("2"), url("3")], page: 1 }).listed,
    1,
  );
  assert.deepEqual(catalog.origins().map(({ rank }) => rank), [1, 2, 3]);
  assert.deepEqual(catalog.queries().map(({ nextPage, listed }) => [nextPage, listed]), [[2, 3]]);
});

Deno.test("addQueries keeps a known query and opens it again when its limit was the end and grows", () => {
  using catalog = openCatalog(":memory:");
  const asked = { engine: "bing", keyword: "가수", limit: 5 };
  const query = catalog.addQuery(asked);
  catalog.finishQuery(query.id, { status: "done", reason: "limit" });
  assert.equal(catalog.addQuery(asked).status, "done");
  const larger = catalog.addQuery({ ...asked, limit: 9 });
  assert.deepEqual([larger.id, larger.status, larger.limit], [query.id, "open", 9]);
  catalog.finishQuery(query.id, { status: "done", reason: "end" });
  assert.equal(catalog.addQuery({ ...asked, limit: 20 }).status, "done");
});

Deno.test("picturesInFairOrder alternates between queries", () => {
  using catalog = openCatalog(":memory:");
  fill(catalog, []);
  assert.deepEqual(
    catalog.picturesInFairOrder(["found"]).map(({ url }) => url.match(/(\d)\.jpg/)![1]),
    ["2", "0", "3", "1", "4"],
  );
});

Deno.test("lists and snapshot do not depend on the order of arrival", () => {
  using forwards = openCatalog(":memory:");
  using backwards = openCatalog(":memory:");
  fill(forwards, [0, 1, 2, 3, 4]);
  fill(backwards, [4, 3, 2, 1, 0]);
  for (const catalog of [forwards, backwards]) {
    const kept = catalog.keptPictures();
    for (const { id } of catalog === forwards ? kept : kept.reverse()) {
      catalog.saveNormalization(id, settings, { status: "done", faces: [face(1), face(60)] });
    }
  }
  assert.equal(forwards.snapshot(), backwards.snapshot());
  const order = (catalog: Catalog) =>
    catalog.faces({ settings }).map((row) => [row.pictureSha256, row.position]);
  assert.deepEqual(order(forwards), order(backwards));
  assert.deepEqual(order(forwards), order(forwards).toSorted());
});

Deno.test("snapshot changes with any stored value", () => {
  using catalog = openCatalog(":memory:");
  fill(catalog, [0, 1, 2, 3, 4]);
  const seen = new Set([catalog.snapshot()]);
  const [picture] = catalog.keptPictures();
  catalog.saveNormalization(picture!.id, settings, { status: "done", faces: [face(1)] });
  seen.add(catalog.snapshot());
  const [row] = catalog.faces({ settings });
  catalog.saveJudgement(row!.id, "human", { pWoman: 0.5, age: null });
  seen.add(catalog.snapshot());
  catalog.saveJudgement(row!.id, "human", {
    pWoman: 0.5,
    age: null,
    embedding: Float32Array.of(1, 2),
  });
  seen.add(catalog.snapshot());
  catalog.saveSelections("s", [{ faceId: row!.id, kept: true }]);
  seen.add(catalog.snapshot());
  assert.equal(seen.size, 5);
});

Deno.test("faces come back as they were stored, usable and not usable apart", () => {
  using catalog = openCatalog(":memory:");
  fill(catalog, [0]);
  const [picture] = catalog.keptPictures();
  catalog.saveNormalization(picture!.id, settings, {
    status: "done",
    faces: [face(1), face(60, "blurred")],
  });
  const [usable, ...others] = catalog.faces({ settings, usable: true });
  assert.equal(others.length, 0);
  const { box, landmarks, quality, transform, crop, yaw, pitch } = usable!;
  assert.deepEqual(
    { box, landmarks, quality, transform, crop, yaw, pitch, reason: null },
    { ...face(1), pitch: null },
  );
  assert.deepEqual(
    catalog.faces({ settings, usable: false }).map(({ reason }) => reason),
    ["blurred"],
  );
});

Deno.test("saveNormalization replaces, and takes the judgements of the old faces with it", () => {
  using catalog = openCatalog(":memory:");
  fill(catalog, [0, 1]);
  const [picture] = catalog.keptPictures();
  catalog.saveNormalization(picture!.id, settings, { status: "done", faces: [face(1), face(2)] });
  for (const { id } of catalog.faces({ settings })) {
    catalog.saveJudgement(id, "human", { pWoman: 1, age: 20 });
  }
  assert.equal(catalog.pendingForNormalization(settings).length, 1);
  catalog.saveNormalization(picture!.id, settings, { status: "done", faces: [face(3)] });
  assert.deepEqual(catalog.judgements(settings).map(({ judgements }) => judgements), [{}]);
  assert.equal(catalog.pendingForNormalization(settings).length, 1);
});

Deno.test("pendingJudgements lists usable faces that the model has not seen; unknown is an answer", () => {
  using catalog = openCatalog(":memory:");
  fill(catalog, [0]);
  const [picture] = catalog.keptPictures();
  catalog.saveNormalization(picture!.id, settings, {
    status: "done",
    faces: [face(1), face(2), face(3, "profile")],
  });
  const [first] = catalog.pendingJudgements(settings, "human");
  catalog.saveJudgement(first!.id, "human", {
    pWoman: null,
    age: null,
    embedding: Float32Array.of(0.5, -1),
  });
  assert.deepEqual(
    catalog.pendingJudgements(settings, "human").map(({ position }) => position),
    [1],
  );
  assert.equal(catalog.pendingJudgements(settings, "faceApi").length, 2);
  const { judgements } = catalog.judgements(settings)[0]!;
  assert.deepEqual(judgements, {
    human: { pWoman: null, age: null, embedding: Float32Array.of(0.5, -1) },
  });
});

Deno.test("saveJudgement refuses a probability outside [0, 1]", () => {
  using catalog = openCatalog(":memory:");
  fill(catalog, [0]);
  catalog.saveNormalization(catalog.keptPictures()[0]!.id, settings, {
    status: "done",
    faces: [face(1)],
  });
  const [row] = catalog.faces({ settings });
  assert.throws(() => catalog.saveJudgement(row!.id, "human", { pWoman: 1.5, age: null }));
});

Deno.test("saveSelections replaces the selection with the same settings only", () => {
  using catalog = openCatalog(":memory:");
  fill(catalog, [0]);
  catalog.saveNormalization(catalog.keptPictures()[0]!.id, settings, {
    status: "done",
    faces: [face(1), face(2)],
  });
  const [first, second] = catalog.faces({ settings });
  catalog.saveSelections("a", [{ faceId: first!.id, kept: true }]);
  catalog.saveSelections("b", [{ faceId: second!.id, kept: true }]);
  catalog.saveSelections("a", [
    { faceId: first!.id, kept: false, reason: "man" },
    { faceId: second!.id, kept: true },
  ]);
  assert.deepEqual(catalog.selectedFaces("a").map(({ position }) => position), [1]);
  assert.deepEqual(catalog.selections("a").map(({ reason }) => reason), ["man", null]);
  assert.deepEqual(catalog.selectedFaces("b").map(({ position }) => position), [1]);
});

Deno.test("funnel: every stage's count plus its losses is the count of the stage before", () => {
  using catalog = openCatalog(":memory:");
  fill(catalog, [0, 1]);
  const rows = catalog.pictures();
  const byName = (name: string) => rows.find(({ url }) => url.endsWith(`${name}.jpg`))!.id;
  catalog.recordPicture(byName("2"), { status: "failed", reason: "timeout" });
  catalog.recordPicture(byName("3"), { status: "rejected", reason: "too-small" });
  const [first, second] = catalog.keptPictures();
  catalog.saveNormalization(first!.id, settings, {
    status: "done",
    faces: [face(1), face(2, "blurred")],
  });
  catalog.saveNormalization(second!.id, settings, {
    status: "rejected",
    reason: "no-face",
    faces: [],
  });
  const [usable] = catalog.faces({ settings, usable: true });
  catalog.saveSelections("a", [{ faceId: usable!.id, kept: true }]);
  const steps = catalog.funnel();
  assert.deepEqual(
    steps.map(({ stage, count }) => [stage, count]),
    [
      ["listed", 6],
      ["distinct", 5],
      ["fetched", 3],
      ["kept", 2],
      ["with-face", 1],
      [
        "faces",
        2,
      ],
      ["usable", 1],
      ["selected", 1],
    ],
  );
  assert.deepEqual(steps[2]!.reasons, { "not-fetched-yet": 1, timeout: 1 });
  for (let index = 1; index < steps.length; index++) {
    if (steps[index]!.stage === "faces") continue;
    const lost = Object.values(steps[index]!.reasons).reduce((sum, count) => sum + count, 0);
    assert.equal(steps[index]!.count + lost, steps[index - 1]!.count, steps[index]!.stage);
  }
  catalog.saveNormalization(first!.id, "other", { status: "done", faces: [] });
  assert.throws(() => catalog.funnel(), /options.normalization/);
  assert.equal(catalog.funnel({ normalization: settings }).at(-1)!.count, 1);
  assert.equal(catalog.funnel({ normalization: null }).at(-1)!.stage, "kept");
  catalog.saveSelections("b", [{ faceId: usable!.id, kept: false }]);
  const upToFaces = catalog.funnel({ normalization: settings, selection: null });
  assert.equal(upToFaces.at(-1)!.stage, "usable");
});

Deno.test("lineage leads from a face to every engine, keyword and rank", () => {
  using catalog = openCatalog(":memory:");
  fill(catalog, [2]);
  const [picture] = catalog.keptPictures();
  catalog.saveNormalization(picture!.id, settings, { status: "done", faces: [face(1)] });
  const [row] = catalog.faces({ settings });
  catalog.saveJudgement(row!.id, "human", { pWoman: 0.9, age: 21 });
  const lineage = catalog.lineage(row!.id);
  assert.equal(lineage.picture.url, "http://photos.example/2.jpg");
  assert.deepEqual(
    lineage.origins.map(({ engine, keyword, rank }) => [engine, keyword, rank]),
    [["bing", "둘", 1], ["google", "하나", 3]],
  );
  assert.deepEqual(lineage.judgements, { human: { pWoman: 0.9, age: 21 } });
  assert.throws(() => catalog.lineage(999), /no face with id 999/);
});

Deno.test("openCatalog finds again what was committed and refuses a newer version", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/deep/catalog.sqlite`;
    {
      using catalog = openCatalog(path);
      fill(catalog, [0, 1]);
      assert.equal(catalog.resolve("pictures/0.jpg"), `${folder}/deep/pictures/0.jpg`);
    }
    using catalog = openCatalog(path);
    assert.equal(catalog.keptPictures().length, 2);
    const { DatabaseSync } = await import("node:sqlite");
    const database = new DatabaseSync(path);
    database.exec("PRAGMA user_version = 99");
    database.close();
    assert.throws(() => openCatalog(path), /version 99/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("removeCatalog takes the pictures and crops along and leaves other files alone", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/catalog.sqlite`;
    {
      using catalog = openCatalog(path);
      fill(catalog, [0]);
    }
    await Deno.mkdir(`${folder}/pictures/ab`, { recursive: true });
    await Deno.writeTextFile(`${folder}/report.json`, "{}");
    await removeCatalog(path);
    await removeCatalog(path);
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["report.json"]);
    using catalog = openCatalog(path);
    assert.equal(catalog.pictures().length, 0);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
