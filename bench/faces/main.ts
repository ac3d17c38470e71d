// Our chain beside the post's own and MediaPipe's on the same pictures.
// Writes result.json here and a figure into docs/pictures/.
import { median, sum } from "d3-array";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bars, save } from "../../lib/show/mod.ts";
import { paintGroups, photographs, type PictureSet } from "./pictures.ts";

const folder = dirname(fileURLToPath(import.meta.url));
const repository = join(folder, "..", "..");
const python = join(folder, ".venv/bin/python");
// The post's network, for example as a file of oarriaga/face_classification.
const genderModel = Deno.env.get("GENDER_MODEL") ??
  join(repository, "../shared/models/gender_mini_XCEPTION.21-0.95.hdf5");
const rounds = 3;
// So many pictures that starting and ending, when a chain waits for its first or last, weigh little.
const picturesInARun = 24;

interface Run {
  readonly seconds: number;
  readonly faces: readonly number[];
}

const ours = [Deno.execPath(), "run", "-A", "--no-check", join(folder, "ours.ts")];
const chains = {
  // The post shrinks pictures to a width of 800 and looks for faces of 70 pixels there.
  ours: [...ours, "POST", ""],
  "ours, the post's network": [...ours, "POST", genderModel],
  "ours, faces from 40 px": [...ours, "40", ""],
  "the post's": [python, join(folder, "post_peer.py"), genderModel],
  MediaPipe: [python, join(folder, "mediapipe_peer.py")],
};
type Chain = keyof typeof chains;
const names = Object.keys(chains) as Chain[];

/** Runs a chain on a set of pictures as often as it takes to see enough of them. */
async function run(name: Chain, { files, width }: PictureSet): Promise<Run> {
  const seen = Array.from({ length: picturesInARun / files.length }, () => files).flat();
  const [program, ...args] = chains[name].map((word) =>
    word === "POST" ? String(Math.round(70 / 800 * width)) : word
  );
  const { code, stdout, stderr } = await new Deno.Command(program!, {
    args: [...args, ...seen],
    env: { TF_CPP_MIN_LOG_LEVEL: "3", GLOG_minloglevel: "3" },
  }).output();
  const text = new TextDecoder();
  if (code !== 0) throw new Error(`${name} ended with code ${code}:\n${text.decode(stderr)}`);
  return JSON.parse(text.decode(stdout).trim().split("\n").at(-1)!);
}

const painted = await paintGroups(join(repository, "data/bench-faces"), 12);
const table: Record<string, unknown>[] = [];
const rates: Record<string, Record<string, number>> = {};
for (const set of [photographs, painted]) {
  const { name: pictures, files, people } = set;
  const runs = new Map<Chain, Run[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const result = await run(name, set);
      console.log(pictures, name, result.seconds.toFixed(2), "s");
      runs.get(name)!.push(result);
    }
  }
  const rate = (name: Chain) => picturesInARun / median(runs.get(name)!, ({ seconds }) => seconds)!;
  for (const name of names) {
    (rates[name] ??= {})[pictures] = rate(name);
    table.push({
      pictures,
      chain: name,
      "pictures a second": Number(rate(name).toFixed(2)),
      "ours against it": Number((rate("ours") / rate(name)).toFixed(2)),
      "faces found": sum(runs.get(name)![0]!.faces.slice(0, files.length)),
      people,
    });
  }
}

console.table(table);
await Deno.writeTextFile(
  join(folder, "result.json"),
  JSON.stringify({ rounds, table }, null, 2) + "\n",
);
await save(
  bars(rates, {
    title: "Detection, alignment and (ours, the post's) two gender models",
    y: "pictures a second",
    height: 320,
  }),
  join(repository, "docs/pictures/bench_faces.png"),
);
