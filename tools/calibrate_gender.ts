/**
 * Calibrates the gender models on faces of which it is known how they present, and says how good the
 * result is on other people's faces.
 *
 *     deno run -A tools/calibrate_gender.ts --world FOLDER [--women FOLDER --men FOLDER]
 *         [--xception FILE] [--write]
 *
 * `--world` is a painted sample world (one of another seed than the notebooks', so that these can
 * measure on people that nothing was fitted on); `--women` and `--men` hold photographs of one person
 * each, whose largest face is taken. Every second person is fitted on, the others are
 * reported on: nobody is in both. `--write` puts the numbers into lib/faces/gender/calibration.json.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  fitPlatt,
  type GenderModel,
  type LabelledScore,
  loadFaceDetector,
  loadUncalibratedModels,
  matchTruth,
  modelViews,
  platt,
  reliability,
} from "../lib/faces/mod.ts";
import { decodeImage, type RgbImage } from "../lib/image/mod.ts";
import { peopleOf, readWorld } from "../lib/sample/mod.ts";

const { values: options } = parseArgs({
  options: {
    world: { type: "string" },
    women: { type: "string" },
    men: { type: "string" },
    xception: { type: "string" },
    write: { type: "boolean", default: false },
  },
});

/** A face whose presentation is known. */
interface KnownFace {
  readonly person: string;
  readonly isWoman: boolean;
  readonly image: RgbImage;
  readonly landmarks: Parameters<GenderModel["frame"]>[0];
}

const detector = await loadFaceDetector();
const models = await loadUncalibratedModels({ xception: options.xception ?? null });

/** One photograph a person. */
async function* photographs(folder: string, isWoman: boolean): AsyncGenerator<KnownFace> {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  for await (const group of inGroups(names, 8)) {
    const images = await Promise.all(group.map((name) => decodeImage(join(folder, name))));
    const found = await detector.detect(images);
    for (const [index, faces] of found.entries()) {
      const largest = faces.toSorted((a, b) => b.box[2] * b.box[3] - a.box[2] * a.box[3])[0];
      if (!largest) continue;
      const { landmarks } = largest;
      yield { person: group[index]!, isWoman, image: images[index]!, landmarks };
    }
  }
}

/** Painted people, found as any others are. */
async function* painted(folder: string): AsyncGenerator<KnownFace> {
  const world = await readWorld(folder);
  const people = peopleOf(world);
  const originals = world.truth.filter(({ copyOf, people }) => !copyOf && people?.length);
  for await (const group of inGroups(originals, 8)) {
    const images = await Promise.all(group.map(({ file }) => decodeImage(join(folder, file))));
    const found = await detector.detect(images);
    for (const [index, { sha256 }] of group.entries()) {
      const faces = found[index]!.map(({ landmarks }) => ({ landmarks, pictureSha256: sha256 }));
      for (const { face, person } of matchTruth(faces, new Map([[sha256, people.get(sha256)!]]))) {
        if (!face || !person) continue;
        const isWoman = person.presentation === "woman";
        const image = images[index]!;
        yield { person: person.person, isWoman, image, landmarks: face.landmarks };
      }
    }
  }
}

/** Pieces in groups, as many as the networks take at once. */
async function* inGroups<Piece>(
  pieces: Iterable<Piece> | AsyncIterable<Piece>,
  size: number,
): AsyncGenerator<Piece[]> {
  let group: Piece[] = [];
  for await (const piece of pieces) {
    group.push(piece);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** The networks' own scores of a set's faces, by model; every second person is for fitting. */
async function scores(faces: AsyncIterable<KnownFace>[]) {
  const samples: { person: string; isWoman: boolean; scores: Record<string, number> }[] = [];
  for (const source of faces) {
    for await (const group of inGroups(source, 8)) {
      const own = group.map(({ person, isWoman }) => ({
        person,
        isWoman,
        scores: {} as Record<string, number>,
      }));
      for (const model of models) {
        const judgements = await model.judge(modelViews(model, group));
        judgements.forEach(({ pWoman }, index) => own[index]!.scores[model.name] = pWoman!);
      }
      samples.push(...own);
    }
  }
  const people = [...new Set(samples.map(({ person }) => person))].sort();
  const turn = new Map(people.map((person, index) => [person, index % 2]));
  const half = (parity: number, model: string): LabelledScore[] =>
    samples.filter(({ person }) => turn.get(person) === parity)
      .map(({ isWoman, scores }) => ({ isWoman, score: scores[model]! }));
  return {
    fit: (model: string) => half(0, model),
    report: (model: string) => half(1, model),
  };
}

const sets: Record<string, Awaited<ReturnType<typeof scores>>> = {};
if (options.world) sets["sample world"] = await scores([painted(options.world)]);
if (options.women && options.men) {
  sets["photographs"] = await scores([
    photographs(options.women, true),
    photographs(options.men, false),
  ]);
}
if (Object.keys(sets).length === 0) throw new Error("Name a --world, or --women and --men");

const result: Record<string, { slope: number; offset: number }> = {};
for (const { name } of models) {
  const fitted = fitPlatt(Object.values(sets).map((set) => set.fit(name)));
  const rounded = { slope: +fitted.slope.toFixed(4), offset: +fitted.offset.toFixed(4) };
  result[name] = rounded;
  console.log(`${name}: slope ${rounded.slope}, offset ${rounded.offset}`);
  for (const [set, { report }] of Object.entries(sets)) {
    const before = report(name);
    const after = before.map((sample) => ({ ...sample, score: platt(sample.score, rounded) }));
    for (const [what, samples] of [["as it is  ", before], ["calibrated", after]] as const) {
      const { expectedError, brier } = reliability(samples);
      const above = (isWoman: boolean) => {
        const own = samples.filter((sample) => sample.isWoman === isWoman);
        return `${own.filter(({ score }) => score >= 0.72).length} of ${own.length}`;
      };
      console.log(
        `  ${set}, ${what}: ECE ${expectedError.toFixed(4)}, Brier ${brier.toFixed(4)}, ` +
          `women at 0.72 ${above(true)}, men ${above(false)}`,
      );
    }
  }
}
if (options.write) {
  const path = new URL("../lib/faces/gender/calibration.json", import.meta.url);
  const fittedOn = Object.entries(sets).map(([set, { fit }]) => {
    const women = fit("human").filter(({ isWoman }) => isWoman).length;
    return `${set}: ${women} women's faces, ${fit("human").length - women} men's`;
  });
  await Deno.writeTextFile(path, JSON.stringify({ fittedOn, models: result }, null, 2) + "\n");
}
