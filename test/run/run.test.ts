import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { currentRun, namedPath, recordReport } from "../../lib/run/mod.ts";

const environment = (values: Record<string, string>) => ({ get: (name: string) => values[name] });

function temporaryRun(values: Record<string, string>) {
  const run = currentRun(environment({ RUN: `test-${crypto.randomUUID()}`, ...values }));
  return { run, [Symbol.dispose]: () => Deno.removeSync(run.folder, { recursive: true }) };
}

Deno.test("currentRun makes the folder below data/ that RUN names", () => {
  using temporary = temporaryRun({});
  assert.equal(basename(join(temporary.run.folder, "..")), "data");
  assert.equal(basename(temporary.run.folder), temporary.run.name);
  assert.ok(Deno.statSync(temporary.run.folder).isDirectory);
});

Deno.test("currentRun is the painted sample at full size unless it is told otherwise", () => {
  using temporary = temporaryRun({ SMOKE: "", SAMPLE: "" });
  assert.equal(temporary.run.smoke, false);
  assert.equal(temporary.run.sample, null);
});

Deno.test("currentRun takes SMOKE=1 and a SAMPLE folder relative to the repository", () => {
  using temporary = temporaryRun({ SMOKE: "1", SAMPLE: "some/faces" });
  assert.equal(temporary.run.smoke, true);
  assert.equal(temporary.run.sample, join(temporary.run.folder, "..", "..", "some", "faces"));
});

Deno.test("currentRun refuses a name that would write beside data/ or into what runs share", () => {
  for (const values of [{ RUN: "../other" }, { RUN: ".." }, { RUN: "a/b" }, { SAMPLE: "/" }]) {
    assert.throws(() => currentRun(environment(values)), /A run cannot be called.*set RUN/);
  }
  assert.throws(() => currentRun(environment({ SAMPLE: "my/worlds" })), /"worlds"/);
});

Deno.test("namedPath takes paths from the repository's root, and leaves addresses as they are", () => {
  using temporary = temporaryRun({});
  const named = (value: string) => namedPath("FILE", environment({ FILE: value }));
  assert.equal(named("a/b.hdf5"), join(temporary.run.folder, "..", "..", "a", "b.hdf5"));
  assert.equal(named("/a/b.hdf5"), "/a/b.hdf5");
  assert.equal(named("https://a.example/b.hdf5"), "https://a.example/b.hdf5");
  assert.equal(named(""), null);
});

Deno.test("recordReport keeps numbers, and pictures relative to the run's folder", () => {
  using temporary = temporaryRun({});
  const { run } = temporary;
  recordReport(run, {
    stage: "02_normalize",
    numbers: { "faces found": 12 },
    pictures: { "average face": run.path("average_face.png") },
  });
  assert.deepEqual(JSON.parse(Deno.readTextFileSync(run.path("reports", "02_normalize.json"))), {
    numbers: { "faces found": 12 },
    pictures: { "average face": "average_face.png" },
  });
});
