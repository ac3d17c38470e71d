import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

interface Output {
  output_type: string;
  text?: string | string[];
  data?: Record<string, unknown>;
}
interface Cell {
  id: string;
  outputs: Output[];
  execution_count: number | null;
}

/** A notebook of its own in a folder of its own, run by tools/run_notebooks.py. */
class Fixture {
  readonly name = `fixture_${crypto.randomUUID().replaceAll("-", "_")}`;
  readonly folder = Deno.makeTempDirSync();

  constructor(sources: readonly string[]) {
    this.write(sources);
  }

  write(sources: readonly string[]) {
    const cells = sources.map((source, index) => ({
      cell_type: "code",
      id: `cell-${index + 1}`,
      metadata: { scrolled: true },
      execution_count: null,
      outputs: [],
      source,
    }));
    const notebook = {
      cells,
      metadata: { kernelspec: { name: "deno", display_name: "Deno", language: "typescript" } },
      nbformat: 4,
      nbformat_minor: 5,
    };
    Deno.writeTextFileSync(this.path, JSON.stringify(notebook));
  }

  get path() {
    return join(this.folder, `${this.name}.ipynb`);
  }

  spawn(...options: string[]) {
    return new Deno.Command(join(repository, ".venv", "bin", "python"), {
      args: ["tools/run_notebooks.py", ...options, this.name],
      cwd: repository,
      env: { NOTEBOOKS: this.folder, RUN: this.name, SMOKE: "", SAMPLE: "" },
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  }

  async run(...options: string[]) {
    const { code, stdout, stderr } = await this.spawn(...options).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { code, stdout: text(stdout), stderr: text(stderr) };
  }

  executed(path = join(repository, "data", this.name, "notebooks", `${this.name}.ipynb`)): Cell[] {
    return JSON.parse(Deno.readTextFileSync(path)).cells;
  }

  [Symbol.dispose]() {
    Deno.removeSync(this.folder, { recursive: true });
    Deno.removeSync(join(repository, "data", this.name), { recursive: true });
    Deno.removeSync(join(repository, "data", `${this.name}.cells.ts`));
  }
}

const text = (cell: Cell | undefined) =>
  (cell?.outputs ?? []).flatMap((output) => output.text ?? []).join("");

Deno.test("run_notebooks keeps outputs that come after the kernel says it is idle", async () => {
  const cell = (index: number) =>
    `await Promise.resolve();
     await Deno.jupyter.display({ "text/plain": "x".repeat(200_000) }, { raw: true });
     ${index} * 1`;
  using fixture = new Fixture(Array.from({ length: 12 }, (_, index) => cell(index)));
  const { code, stderr } = await fixture.run();
  assert.equal(code, 0, stderr);
  for (const executed of fixture.executed()) {
    const kinds = executed.outputs.map((output) => output.output_type);
    assert.deepEqual(kinds, ["display_data", "execute_result"], executed.id);
  }
});

Deno.test("run_notebooks skips a notebook that has not changed and runs one that has", async () => {
  using fixture = new Fixture([`console.log("first")`]);
  assert.doesNotMatch((await fixture.run()).stdout, /unchanged/);
  assert.match((await fixture.run()).stdout, /unchanged/);
  fixture.write([`console.log("second")`]);
  assert.doesNotMatch((await fixture.run()).stdout, /unchanged/);
  assert.match(text(fixture.executed()[0]), /second/);
});

Deno.test("run_notebooks fails with the cell and its error, and runs it anew the next time", async () => {
  using fixture = new Fixture([`const fine = 1;`, `throw new RangeError("no faces here")`]);
  const first = await fixture.run();
  assert.equal(first.code, 1);
  assert.match(first.stderr, /RangeError: no faces here/);
  assert.match(first.stderr, /throw new RangeError/);
  assert.equal((await fixture.run()).code, 1);
});

/** Starts a notebook and waits until a cell of it has written the file `running`. */
async function spawnUntilRunning(fixture: Fixture) {
  const child = fixture.spawn();
  while (!await Deno.stat(join(fixture.folder, "running")).catch(() => null)) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return child;
}

/** A notebook whose second cell runs until it is interrupted. */
async function runningFixture() {
  const fixture = new Fixture([
    `const stop = new AbortController();
     Deno.addSignalListener("SIGINT", () => stop.abort());`,
    `Deno.writeTextFileSync("running", "");
     let steps = 0;
     while (!stop.signal.aborted) { await new Promise((go) => setTimeout(go, 20)); steps++; }
     console.log("kept", steps > 0);`,
    `console.log("not reached")`,
  ]);
  return { fixture, child: await spawnUntilRunning(fixture) };
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`run_notebooks stops at ${signal}: the cell sees it and keeps what it has`, async () => {
    const { fixture, child } = await runningFixture();
    using _ = fixture;
    child.kill(signal);
    const { code, stdout } = await child.output();
    assert.equal(code, 130);
    assert.match(new TextDecoder().decode(stdout), /goes on from here/);
    const [, second, third] = fixture.executed();
    assert.match(text(second), /kept true/);
    assert.equal(third?.outputs.length, 0);
  });
}

Deno.test("run_notebooks stops in a cell that listens to nothing, too", async () => {
  using fixture = new Fixture([
    `Deno.writeTextFileSync("running", ""); await new Promise((go) => setTimeout(go, 60_000));`,
  ]);
  const child = await spawnUntilRunning(fixture);
  child.kill("SIGINT");
  assert.equal((await child.output()).code, 130);
});

Deno.test("run_notebooks stops at the second Ctrl-C where a cell pays no heed to the first", async () => {
  using fixture = new Fixture([
    `Deno.addSignalListener("SIGINT", () => Deno.writeTextFileSync("heard", ""));
     Deno.writeTextFileSync("running", ""); await new Promise((go) => setTimeout(go, 600_000));`,
  ]);
  const child = await spawnUntilRunning(fixture);
  child.kill("SIGINT");
  while (!await Deno.stat(join(fixture.folder, "heard")).catch(() => null)) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill("SIGINT");
  assert.equal((await child.output()).code, 130);
});

Deno.test("run_notebooks refuses to work in a folder where another one works", async () => {
  const { fixture, child } = await runningFixture();
  using _ = fixture;
  const second = await fixture.run();
  assert.equal(second.code, 1);
  assert.match(second.stderr, /Another one works in .*RUN=name make run/);
  child.kill("SIGINT");
  assert.equal((await child.output()).code, 130);
});

Deno.test("run_notebooks leaves no kernel behind, whether a notebook succeeds or fails", async () => {
  using fixture = new Fixture([`console.log(Deno.pid)`]);
  assert.equal((await fixture.run()).code, 0);
  const pid = Number(text(fixture.executed()[0]));
  assert.ok(pid > 0);
  assert.throws(() => Deno.kill(pid, "SIGCONT"), "the kernel is still alive");
  fixture.write([`console.log(Deno.pid)`, `throw "failed"`]);
  assert.equal((await fixture.run()).code, 1);
  const failed = Number(text(fixture.executed()[0]));
  assert.throws(() => Deno.kill(failed, "SIGCONT"), "the kernel is still alive");
});

Deno.test("run_notebooks prints what the longest of a notebook's stages says", async () => {
  const show = (report: object) =>
    `await Deno.jupyter.display(
       { "application/vnd.faces.progress+json": ${JSON.stringify(report)}, "text/plain": "done" },
       { raw: true });`;
  const pictures = { done: 1234, total: 1234, unit: "pictures" };
  using fixture = new Fixture([
    show({ what: "Crawling", ...pictures, seconds: 10, rate: 123.4 }),
    show({ what: "Crawling again", ...pictures, seconds: 2, rate: 617 }),
  ]);
  const { stdout } = await fixture.run();
  assert.match(stdout, /Crawling: 1,234 pictures at 123\/s/);
  assert.doesNotMatch(stdout, /again|617/);
});

Deno.test("run_notebooks prints which engine stands in for TensorFlow", async () => {
  using fixture = new Fixture([`console.info("Engine: wasm"); console.log("other")`]);
  const { stdout } = await fixture.run();
  assert.match(stdout, /^Engine: wasm$/m);
  assert.doesNotMatch(stdout, /other/);
});

Deno.test("run_notebooks --keep writes outputs without counts, metadata and progress", async () => {
  const progress = `{ what: "Painting", done: 1, total: 1, unit: "pictures", seconds: 1, rate: 1 }`;
  using fixture = new Fixture([
    `console.log("one"); console.log("two");`,
    `await Deno.jupyter.display(
       { "application/vnd.faces.progress+json": ${progress}, "text/plain": "bar" }, { raw: true });`,
  ]);
  assert.equal((await fixture.run("--keep")).code, 0);
  const [first, second] = fixture.executed(fixture.path);
  assert.equal(first?.outputs.length, 1);
  assert.equal(text(first), "one\ntwo\n");
  assert.deepEqual(Object.keys(second?.outputs[0]?.data ?? {}), ["text/plain"]);
  for (const cell of [first, second]) {
    assert.equal(cell?.execution_count, null);
    assert.deepEqual((cell as unknown as { metadata: object }).metadata, {});
  }
});
