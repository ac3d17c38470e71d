import assert from "node:assert/strict";
import { parquetReadObjects } from "hyparquet";
import { openCatalog, writeManifest } from "../../lib/catalog/mod.ts";

/** A catalogue in memory with two kept pictures, one of them listed twice, and a lost one. */
function filled() {
  const catalog = openCatalog(":memory:");
  const [bing, commons] = catalog.addQueries([
    { engine: "bing", keyword: "가수", limit: 9 },
    { engine: "commons", keyword: "singer", limit: 9 },
  ]);
  const page = "http://a.example/page";
  const urls = [1, 2, 3].map((number) => `http://a.example/${number}.jpg`);
  catalog.saveCandidates(bing!.id, {
    page: 0,
    candidates: urls.map((url) => ({ url, pageUrl: page, title: 'Singer, "live"\n무대' })),
  });
  catalog.saveCandidates(commons!.id, {
    page: 0,
    candidates: [{
      url: urls[1]!,
      pageUrl: "http://commons.example/2",
      title: "On stage",
      author: "Kim",
      licence: "CC BY 4.0",
      licenceUrl: "https://creativecommons.org/licenses/by/4.0/",
    }],
  });
  for (const [index, row] of catalog.picturesInFairOrder(["found"]).entries()) {
    const sha256 = `${index}`.repeat(64);
    const kept = { width: 300, height: 400, format: "jpg", bytes: 1234, file: `${sha256}.jpg` };
    catalog.recordPicture(
      row.id,
      row.url === urls[2] ? { status: "failed" } : { ...kept, status: "kept", sha256 },
    );
  }
  return catalog;
}

Deno.test("manifest: one row a kept picture, the listing with a licence speaks, attribution is told", () => {
  using catalog = filled();
  const rows = catalog.manifest();
  assert.deepEqual(rows.map(({ engine, rank }) => [engine, rank]), [["bing", 1], ["commons", 1]]);
  assert.deepEqual(rows.map(({ attribution }) => attribution), [
    '"Singer, "live"\n무대" by an unknown author, licence not stated, from http://a.example/page',
    '"On stage" by Kim, CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/), ' +
    "from http://commons.example/2",
  ]);
});

Deno.test("writeManifest: Parquet and CSV give the rows back, to TypeScript and to Python", async () => {
  using catalog = filled();
  const rows = catalog.manifest();
  const folder = await Deno.makeTempDir();
  try {
    await writeManifest(rows, `${folder}/manifest.parquet`);
    await writeManifest(rows, `${folder}/manifest.csv`);
    const bytes = await Deno.readFile(`${folder}/manifest.parquet`);
    assert.deepEqual(await parquetReadObjects({ file: bytes.buffer }), rows);
    // An empty cell of a CSV file may be a missing value or an empty text.
    const text = (row: object) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value ?? "")]));
    assert.deepEqual(await pythonRows(`${folder}/manifest.csv`), rows.map(text));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** A CSV file as Python's own reader sees it. */
async function pythonRows(path: string): Promise<unknown> {
  const program = "import csv, json, sys\n" +
    "with open(sys.argv[1], encoding='utf-8', newline='') as file:\n" +
    "    print(json.dumps(list(csv.DictReader(file))))";
  const { code, stdout, stderr } = await new Deno.Command("python3", {
    args: ["-c", program, path],
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}
