import assert from "node:assert/strict";
import process from "node:process";
import {
  type Bundle,
  curve,
  display,
  follow,
  picture,
  plotlyMime,
  progressMime,
  type ProgressState,
  replaceKernel,
  type SendOptions,
} from "../../lib/show/mod.ts";
import { progressText } from "../../lib/show/follow.ts";
import type { Progress } from "../../lib/run/mod.ts";
import { plain } from "./sample_images.ts";

interface Sent {
  readonly bundle: Bundle;
  readonly options: SendOptions;
}

/** Runs something in a notebook that only writes down what it is sent. */
async function inNotebook(run: () => Promise<unknown>): Promise<Sent[]> {
  const sent: Sent[] = [];
  replaceKernel({
    send: (bundle, options = {}) => Promise.resolve(void sent.push({ bundle, options })),
  });
  try {
    await run();
  } finally {
    replaceKernel(undefined);
  }
  return sent;
}

/** A stage of pieces that take 10 ms each on a clock that it turns itself. */
function steadyStage(total: number, until = total) {
  let now = 0;
  async function* stage(): AsyncGenerator<Progress> {
    for (let done = 1; done <= until; done++) {
      now += 10;
      yield { what: "Painting", done, total, unit: "portraits", seconds: now / 1000 };
      await Promise.resolve();
    }
  }
  return { stage: stage(), clock: () => now };
}

const states = (sent: readonly Sent[]) =>
  sent.flatMap(({ bundle }) =>
    progressMime in bundle ? [bundle[progressMime] as ProgressState] : []
  );

Deno.test("follow shows at most four updates a second, and the last state always", async () => {
  const { stage, clock } = steadyStage(203);
  const sent = await inNotebook(() => follow(stage, undefined, { clock }));
  assert.deepEqual(states(sent).map(({ done }) => done), [
    1,
    26,
    51,
    76,
    101,
    126,
    151,
    176,
    201,
    203,
  ]);
  assert.deepEqual(states(sent).map(({ finished }) => finished), [...Array(9).fill(false), true]);
});

Deno.test("follow's updates share one output, and two stages have two", async () => {
  const ids = (sent: readonly Sent[]) => new Set(sent.map(({ options }) => options.id));
  const run = async () => {
    const { stage, clock } = steadyStage(100);
    return await inNotebook(() => follow(stage, undefined, { clock }));
  };
  const [first, second] = [await run(), await run()];
  assert.equal(ids(first).size, 1);
  assert.equal(new Set([...ids(first), ...ids(second)]).size, 2);
  assert.deepEqual(
    first.map(({ options }) => options.update),
    [false, ...first.slice(1).map(() => true)],
  );
});

Deno.test("follow returns the last report and gives it to the headless run", async () => {
  const { stage, clock } = steadyStage(50);
  let last: Progress | undefined;
  const sent = await inNotebook(async () => last = await follow(stage, "Portraits", { clock }));
  assert.equal(last?.done, 50);
  assert.deepEqual(states(sent).at(-1), {
    what: "Portraits",
    done: 50,
    total: 50,
    unit: "portraits",
    seconds: 0.5,
    rate: 100,
    left: 0,
    note: "",
    finished: true,
  });
  assert.deepEqual(Object.keys(sent.at(-1)!.bundle).sort(), [
    progressMime,
    "text/html",
    "text/plain",
  ]);
});

Deno.test("follow says that a stage has stopped early, and returns where", async () => {
  const { stage, clock } = steadyStage(100, 40);
  const sent = await inNotebook(() => follow(stage, undefined, { clock }));
  assert.equal(
    sent.at(-1)?.bundle["text/plain"],
    "Painting: 40 of 100 portraits, stopped, 100 a second",
  );
});

Deno.test("follow passes a stage's error on after showing how far it came", async () => {
  async function* failing(): AsyncGenerator<Progress> {
    yield await Promise.resolve({ what: "Reading", done: 3, total: 9, unit: "files", seconds: 1 });
    throw new Error("disk full");
  }
  const sent = await inNotebook(() => assert.rejects(follow(failing()), /disk full/));
  assert.equal(sent.at(-1)?.bundle["text/plain"], "Reading: 3 of 9 files, failed, 3 a second");
});

Deno.test("follow draws as the work goes on, and at its end", async () => {
  const { stage, clock } = steadyStage(250);
  const seen: number[] = [];
  const draw = ({ done }: Progress) => {
    seen.push(done);
    return picture(plain(8, 8, [done, 0, 0]));
  };
  const sent = await inNotebook(() => follow(stage, "", { clock, draw, drawEvery: 1 }));
  assert.deepEqual(seen, [1, 101, 201, 250]);
  const drawn = sent.filter(({ bundle }) => "image/jpeg" in bundle);
  assert.equal(new Set(drawn.map(({ options }) => options.id)).size, 1);
  assert.notEqual(drawn[0]?.options.id, sent[0]?.options.id);
});

Deno.test("follow draws charts as pictures while it goes on, and the last one for plotly too", async () => {
  const { stage, clock } = steadyStage(250);
  const draw = ({ done }: Progress) => curve({ loss: [done, 1] });
  const sent = await inNotebook(() => follow(stage, "", { clock, draw, drawEvery: 1 }));
  const drawn = sent.filter(({ bundle }) => "image/jpeg" in bundle);
  assert.deepEqual(drawn.map(({ bundle }) => plotlyMime in bundle), [false, false, false, true]);
});

Deno.test("follow keeps several drawings apart, each in an output of its own", async () => {
  const { stage, clock } = steadyStage(250);
  const draw = ({ done }: Progress) => [
    picture(plain(8, 8, [done, 0, 0])),
    picture(plain(9, 9, [0, done, 0])),
  ];
  const sent = await inNotebook(() => follow(stage, "", { clock, draw, drawEvery: 1 }));
  const drawn = sent.filter(({ bundle }) => "image/jpeg" in bundle);
  const idsOf = (text: string) =>
    new Set(
      drawn.filter(({ bundle }) => bundle["text/plain"] === text).map(({ options }) => options.id),
    );
  const [small, large] = [idsOf("Picture of 8 x 8 pixels"), idsOf("Picture of 9 x 9 pixels")];
  assert.deepEqual([small.size, large.size], [1, 1]);
  assert.notDeepEqual(small, large);
  assert.deepEqual(drawn.map(({ options }) => options.update), [
    ...[false, false],
    ...Array(6).fill(true),
  ]);
});

Deno.test("follow of an empty stage shows nothing and returns undefined", async () => {
  async function* nothing(): AsyncGenerator<Progress> {}
  let last: Progress | undefined | string = "untouched";
  const sent = await inNotebook(async () => last = await follow(nothing()));
  assert.equal(last, undefined);
  assert.equal(sent.length, 0);
});

Deno.test("progressText tells the rate, the time left and the note", () => {
  const state: ProgressState = {
    what: "Crawling",
    done: 1200,
    total: 4000,
    unit: "pictures",
    seconds: 100,
    rate: 12.34,
    left: 227,
    note: "4 rejected",
    finished: false,
  };
  assert.equal(
    progressText(state),
    "Crawling: 1,200 of 4,000 pictures, 12 a second, 3 min 47 s left, 4 rejected",
  );
  assert.equal(
    progressText({ ...state, total: null, rate: 0.2, left: null, note: "" }),
    "Crawling: 1,200 pictures, 5 s each",
  );
});

Deno.test("follow writes HTML in which a title cannot become markup", async () => {
  const { stage, clock } = steadyStage(1);
  const sent = await inNotebook(() => follow(stage, "<b>&", { clock }));
  assert.match(sent[0]?.bundle["text/html"] as string, />&#60;b&#62;&#38;:/);
});

Deno.test("display sends a drawing's bundle under the given name, with its width on the page", async () => {
  const sent = await inNotebook(async () => {
    await display(picture(plain(8, 8, [1, 2, 3])), { id: "faces" });
    await display(picture(plain(8, 8, [9, 2, 3])), { id: "faces", update: true });
  });
  assert.deepEqual(sent.map(({ options }) => options), [
    { id: "faces", width: 64 },
    { id: "faces", update: true, width: 64 },
  ]);
  assert.ok(sent.every(({ bundle }) => typeof bundle["image/jpeg"] === "string"));
});

Deno.test("follow without a notebook ends with one line on stderr", async () => {
  const written: string[] = [];
  const real = process.stderr.write;
  process.stderr.write = ((text: string) => written.push(text) > 0) as typeof real;
  replaceKernel(null);
  try {
    const { stage, clock } = steadyStage(50);
    const draw = () => assert.fail("nothing is drawn where nobody sees it");
    assert.equal((await follow(stage, "Portraits", { clock, draw }))?.done, 50);
  } finally {
    process.stderr.write = real;
    replaceKernel(undefined);
  }
  const lines = written.join("").split(/[\r\n]/).filter((line) => line !== "");
  assert.match(lines.at(-1)!, /^Portraits: 50 portraits, 100 a second/);
  if (!process.stderr.isTTY) assert.equal(lines.length, 1);
});
