import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { decodeImage, encodeJpeg } from "../../lib/image/mod.ts";
import { paintWorld, planDigest, planWorld, readWorld, worldFolder } from "../../lib/sample/mod.ts";
import type { Progress } from "../../lib/run/mod.ts";

const painter = new URL("./stand_in_painter.ts", import.meta.url);
const folder = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

let places = 0;
const newPlace = () => ({ folder: join(folder, String(places++)), painter, workers: 2 });

async function last(stage: AsyncIterable<Progress>): Promise<Progress> {
  let report: Progress | undefined;
  for await (report of stage);
  assert.ok(report);
  return report;
}

Deno.test("planWorld is decided by its options alone", () => {
  assert.equal(planDigest(planWorld({ people: 60 })), planDigest(planWorld({ people: 60 })));
  assert.notEqual(
    planDigest(planWorld({ people: 60 })),
    planDigest(planWorld({ people: 60, seed: 2 })),
  );
});

Deno.test("planWorld has every person, every trap and every address in a result list", () => {
  const property = fc.property(
    fc.integer({ min: 10, max: 400 }),
    fc.integer({ min: 0, max: 1e9 }),
    (people, seed) => {
      const plan = planWorld({ people, seed });
      const seen = plan.pictures.flatMap((picture) => picture.people);
      assert.equal(new Set(seen.map(({ person }) => person)).size, people);
      for (const { kind, people: { length } } of plan.pictures) {
        const allowed = { portrait: [1], group: [2, 3, 4, 5, 6], scene: [0] }[kind];
        assert.ok(allowed.includes(length), `a ${kind} of ${length}`);
      }
      const traps = new Set(plan.links.map(({ trap }) => trap));
      assert.equal(traps.size, 12, "11 traps, and links without one");
      const listed = new Set(Object.values(plan.results).flatMap(Object.values).flat());
      assert.deepEqual([...listed].sort(), plan.links.map(({ id }) => id).sort());
      const addresses = new Set(plan.links.map(({ host, path }) => host + path));
      assert.equal(addresses.size, plan.links.length);
      const reachable = new Set(
        plan.links.filter(({ role }) => role === "original").map(({ picture }) => picture),
      );
      assert.deepEqual([...reachable].sort(), plan.pictures.map(({ id }) => id).sort());
    },
  );
  fc.assert(property, { numRuns: 25 });
});

Deno.test("planWorld by default: 1,200 people, mostly women in portraits, groups of 2 to 6", () => {
  const { people, pictures, links, results } = planWorld();
  assert.equal(people, 1200);
  const portraits = pictures.filter(({ kind }) => kind === "portrait");
  const women = portraits.filter(({ people }) => people[0]!.presentation === "woman");
  assert.ok(portraits.length > 900 && women.length / portraits.length > 0.7);
  const sizes = new Set(
    pictures.filter(({ kind }) => kind === "group").map(({ people }) => people.length),
  );
  assert.deepEqual([...sizes].sort(), [2, 3, 4, 5, 6]);
  assert.ok(links.filter(({ licence }) => licence).length > 20);
  // Several keywords and engines list one address.
  assert.ok(Object.values(results).flatMap(Object.values).flat().length > 1.1 * links.length);
});

Deno.test("planWorld names what it cannot plan", async () => {
  assert.throws(() => planWorld({ people: 3 }), /at least 10 people but got 3/);
  const empty = await Deno.makeTempDir({ dir: folder });
  assert.throws(() => planWorld({ source: empty }), /No picture .* in .*/);
  assert.throws(() => planWorld({ source: join(empty, "none") }), /none cannot be read/);
});

Deno.test("paintWorld makes every file as its truth says, copies in their own size", async () => {
  const plan = planWorld({ people: 30 });
  const place = newPlace();
  const report = await last(paintWorld(plan, place));
  assert.equal(report.done, plan.pictures.length);
  assert.equal(report.resumed, 0);

  const world = await readWorld(worldFolder(plan, place));
  const planned = plan.pictures.flatMap(({ id, copies }) => [id, ...copies.map(({ id }) => id)]);
  assert.deepEqual(world.truth.map(({ id }) => id), planned);
  for (const picture of world.truth) {
    const bytes = await Deno.readFile(join(world.folder, picture.file));
    assert.equal(createHash("sha256").update(bytes).digest("hex"), picture.sha256);
    const { width, height } = await decodeImage(bytes);
    assert.deepEqual([width, height], [picture.width, picture.height]);
  }
  // The stand-in's eyes are black on lighter ground: the true places must hit them, in copies too.
  for (const { file, people } of world.truth) {
    const { width, data } = await decodeImage(join(world.folder, file));
    for (const { leftEye, rightEye } of people!.map(({ landmarks }) => landmarks)) {
      for (const [x, y] of [leftEye!, rightEye!]) {
        const at = 3 * (Math.floor(y) * width + Math.floor(x));
        assert.ok(data[at]! < 60, `${file}: ${data[at]} at the eye ${x}, ${y}`);
      }
    }
  }
});

Deno.test("paintWorld paints nothing the second time and what is missing after a loss", async () => {
  const plan = planWorld({ people: 20 });
  const place = newPlace();
  await last(paintWorld(plan, place));
  const world = await readWorld(worldFolder(plan, place));
  const [first] = world.truth;
  const path = join(world.folder, first!.file);
  const long = new Date(2001, 1, 1);
  for (const { file } of world.truth) await Deno.utime(join(world.folder, file), long, long);

  const again = await last(paintWorld(plan, place));
  assert.equal(again.resumed, plan.pictures.length);
  for (const { file } of world.truth) {
    assert.deepEqual((await Deno.stat(join(world.folder, file))).mtime, long);
  }
  await Deno.remove(path);
  const repaired = await last(paintWorld(plan, place));
  assert.equal(repaired.resumed, plan.pictures.length - 1);
  assert.deepEqual((await readWorld(world.folder)).truth, world.truth);
});

Deno.test("paintWorld that is stopped keeps its pictures, and goes on later", async () => {
  const plan = planWorld({ people: 60 });
  const place = newPlace();
  const stop = new AbortController();
  let stoppedAt = 0;
  for await (const { done } of paintWorld(plan, place, stop.signal)) {
    stoppedAt = done;
    if (done === 5) stop.abort();
  }
  assert.ok(stoppedAt >= 5 && stoppedAt <= 5 + place.workers, `${stoppedAt} done`);
  await assert.rejects(
    readWorld(worldFolder(plan, place)),
    /not painted yet: run paintWorld again/,
  );
  const report = await last(paintWorld(plan, place));
  assert.equal(report.resumed, stoppedAt);
  const undisturbed = newPlace();
  await last(paintWorld(plan, undisturbed));
  const [resumed, whole] = await Promise.all(
    [place, undisturbed].map((place) => readWorld(worldFolder(plan, place))),
  );
  assert.deepEqual(resumed!.truth, whole!.truth);
});

Deno.test("paintWorld that is killed again and again ends in the same world", async () => {
  const plan = planWorld({ people: 400 });
  const place = newPlace();
  const script = join(folder, "paint.ts");
  const module = new URL("../../lib/sample/mod.ts", import.meta.url).href;
  await Deno.writeTextFile(
    script,
    `import { paintWorld, planWorld } from ${JSON.stringify(module)};
    const place = { folder: ${JSON.stringify(place.folder)}, workers: 2,
      painter: new URL(${JSON.stringify(painter.href)}) };
    for await (const { done } of paintWorld(planWorld({ people: 400 }), place)) console.log(done);`,
  );
  const config = join(dirname(dirname(import.meta.dirname!)), "deno.json");
  for (let kill = 0; kill < 3; kill++) {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "--config", config, script],
      stdout: "piped",
    }).spawn();
    let lines = 0;
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      lines += text.split("\n").length - 1;
      if (lines > 20 + 7 * kill) {
        child.kill("SIGKILL");
        break;
      }
    }
    const { signal } = await child.status;
    assert.equal(signal, "SIGKILL");
  }
  // The worst place to be killed: in the middle of a line of the truth.
  const truth = join(worldFolder(plan, place), "truth.jsonl");
  await Deno.writeTextFile(truth, (await Deno.readTextFile(truth)).slice(0, -40));

  const report = await last(paintWorld(plan, place));
  assert.ok(report.resumed! > 40 && report.resumed! < plan.pictures.length);
  const undisturbed = newPlace();
  await last(paintWorld(plan, undisturbed));
  assert.deepEqual(
    (await readWorld(worldFolder(plan, place))).truth,
    (await readWorld(worldFolder(plan, undisturbed))).truth,
  );
});

Deno.test("paintWorld passes on a painter's error with the picture's name", async () => {
  const broken = join(folder, "broken_painter.ts");
  await Deno.writeTextFile(
    broken,
    `export const calmRanges = {};
    export const drawPerson = () => { throw new Error("out of paint"); };
    export const drawPose = drawPerson, paintPortrait = drawPerson, paintPeople = drawPerson,
      paintScene = drawPerson;`,
  );
  const place = { ...newPlace(), painter: new URL(`file://${broken}`) };
  await assert.rejects(
    last(paintWorld(planWorld({ people: 10 }), place)),
    /picture-\d+ could not be made: Error: out of paint/,
  );
});

Deno.test("worldFolder changes with the painter's source text", async () => {
  const own = join(folder, "own_painter.ts");
  await Deno.writeTextFile(own, "export const brush = 1;");
  const plan = planWorld({ people: 10 });
  const place = { folder, painter: new URL(`file://${own}`) };
  const before = worldFolder(plan, place);
  assert.equal(worldFolder(plan, place), before);
  await Deno.writeTextFile(own, "export const brush = 2;");
  assert.notEqual(worldFolder(plan, place), before);
});

Deno.test("a folder of pictures stands in for the painted people, broken files included", async () => {
  const source = await Deno.makeTempDir({ dir: folder });
  await Deno.mkdir(join(source, "deeper"));
  for (let index = 0; index < 40; index++) {
    const image = { width: 64, height: 80, data: new Uint8Array(64 * 80 * 3).fill(6 * index) };
    const path = join(source, index % 2 ? "deeper" : "", `${index}.jpg`);
    await Deno.writeFile(path, await encodeJpeg(image));
  }
  await Deno.writeTextFile(join(source, "broken.jpg"), "no picture");
  await Deno.writeTextFile(join(source, "notes.txt"), "not taken");
  await Deno.symlink(join(source, "nowhere.jpg"), join(source, "link.jpg"));

  const plan = planWorld({ source });
  const place = newPlace();
  await last(paintWorld(plan, place));
  const { truth, folder: world } = await readWorld(worldFolder(plan, place));
  const originals = truth.filter(({ copyOf }) => copyOf === null);
  assert.equal(originals.length, 41);
  assert.equal(originals.filter(({ width }) => width === 0).length, 1);
  assert.ok(truth.every(({ people }) => people === null));
  assert.ok(truth.some(({ copyOf }) => copyOf !== null));
  for (const { file, sha256 } of originals) {
    const bytes = await Deno.readFile(join(file.startsWith("/") ? "" : world, file));
    assert.equal(createHash("sha256").update(bytes).digest("hex"), sha256);
  }
});
