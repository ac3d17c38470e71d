/**
 * Compares lib/tensorflow with its peers: see README.md. `main.ts autoencoder facemesh` runs these
 * workloads only and leaves the others' last results.
 */
import { median } from "d3-array";
import { execFile } from "node:child_process";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { compare, type Result } from "./compare.ts";
import { writeData } from "./data.ts";
import { saveFigure } from "./figure.ts";
import { networks, trainings } from "./names.ts";
import type { PeerCommand } from "./peer.ts";
import { printTable } from "./table.ts";

/** What is kept of a run. */
export interface Comparison {
  machine: string;
  date: string;
  startUp: { firstOp: number; firstCall: number };
  workloads: Record<string, Result[]>;
}

const here = import.meta.dirname!;
const resultFile = join(here, "result.json");
const data = await Deno.makeTempDir({ dir: tmpdir(), prefix: "bench_engine_" });
const environment = { BENCH_DATA: data, TF_CPP_MIN_LOG_LEVEL: "2" };

try {
  await writeData(data);
  const result = await lastResult();
  result.machine = `${cpus().length} cores of ${cpus()[0]!.model}`;
  result.date = new Date().toISOString().slice(0, 10);
  result.startUp = await startUp();
  const wanted = Deno.args.length > 0 ? Deno.args : Object.keys({ ...trainings, ...networks });
  for (const workload of wanted) {
    const commands = workload in trainings ? trainers(workload) : runners(workload);
    const results = await compare(commands, { rounds: 5, seconds: 1.5 });
    if (new Set(results.map(({ parameters }) => parameters)).size > 1) {
      throw new Error(`The nets of ${workload} differ: ${JSON.stringify(results)}`);
    }
    result.workloads[workload] = results;
    await Deno.writeTextFile(resultFile, `${JSON.stringify(result, null, 2)}\n`);
    printTable(workload, results);
  }
  const { firstOp, firstCall } = result.startUp;
  console.log(
    `Start-up: first op ${firstOp.toFixed(2)} s after the start of the process, ` +
      `first call of the autoencoder's step ${firstCall.toFixed(2)} s`,
  );
  await saveFigure(result.workloads, join(here, "../../docs/pictures/engine_bench.svg"));
} finally {
  await Deno.remove(data, { recursive: true });
}

async function lastResult(): Promise<Comparison> {
  try {
    return JSON.parse(await Deno.readTextFile(resultFile));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { machine: "", date: "", startUp: { firstOp: 0, firstCall: 0 }, workloads: {} };
  }
}

function trainers(workload: string): PeerCommand[] {
  const python = (name: string, file: string, mode: string): PeerCommand => ({
    name,
    command: [join(here, ".venv/bin/python"), join(here, file), workload, mode],
    environment,
  });
  return [
    deno("compiled", "tfjs_peer.ts", workload, "compiled"),
    deno("op by op", "tfjs_peer.ts", workload, "eager"),
    python("Keras, graph", "keras_peer.py", "graph"),
    python("Keras, XLA", "keras_peer.py", "xla"),
    python("PyTorch", "torch_peer.py", "plain"),
    python("PyTorch, channels last", "torch_peer.py", "channels_last"),
    python("PyTorch, compiled", "torch_peer.py", "compile"),
  ];
}

function runners(workload: string): PeerCommand[] {
  return [
    deno("compiled, 8 at once", "faces_peer.ts", workload, "batched"),
    deno("op by op, one by one", "faces_peer.ts", workload, "eager"),
  ];
}

function deno(name: string, file: string, workload: string, mode: string): PeerCommand {
  const run = [Deno.execPath(), "run", "-A", "--no-check", join(here, file)] as const;
  return { name, command: [...run, workload, mode], environment };
}

/** The medians of three processes. */
async function startUp(): Promise<Comparison["startUp"]> {
  const times: Comparison["startUp"][] = [];
  for (let round = 0; round < 3; round++) {
    const args = ["run", "-A", "--no-check", join(here, "start_up.ts")];
    times.push(JSON.parse((await promisify(execFile)(Deno.execPath(), args)).stdout));
  }
  return {
    firstOp: median(times, ({ firstOp }) => firstOp)!,
    firstCall: median(times, ({ firstCall }) => firstCall)!,
  };
}
