import type { NodeBackend } from "./backend/register.ts";
import { startCpu } from "./engines/cpu.ts";
import { explainDisposedTensors } from "./disposed_tensors.ts";
import { type Engine, type EngineName, engineNames } from "./engines/engine.ts";
import { startTensorFlow } from "./engines/tensorflow.ts";
import { startWasm } from "./engines/wasm.ts";
import { startWebGpu } from "./engines/webgpu.ts";
import { registerGradients } from "./gradients/register.ts";
import { tf } from "./tfjs.ts";

interface Started {
  readonly engine: Engine;
  /** tfjs-node's backend over our binding, where TensorFlow is the engine. */
  readonly backend: NodeBackend | null;
}

const started = await start(Deno.env.get("FORCE_ENGINE"));
await tf.ready();
registerGradients(started.engine.name);
explainDisposedTensors();

/** The engine of this process. */
export const engine: Engine = started.engine;

/** TensorFlow's backend, or null on the other engines. */
export const tensorFlowBackend: NodeBackend | null = started.backend;

/**
 * Tensors that the engine holds for this process at this moment: for tests that nothing leaks.
 */
export function liveHandles(): number {
  return tensorFlowBackend?.binding.handles.count ?? tf.engine().backend.numDataIds();
}

/**
 * Starts the best engine that this machine has, in the order TensorFlow, WebGPU, WebAssembly,
 * JavaScript; or the one that `FORCE_ENGINE` names, and no other. One line says so where it is not
 * TensorFlow.
 */
async function start(forced: string | undefined): Promise<Started> {
  if (forced) {
    const name = engineNames.find((known) => known === forced);
    if (!name) {
      throw new Error(`FORCE_ENGINE=${forced} is no engine; there are: ${engineNames.join(", ")}`);
    }
    const { engine, backend } = await startOne(name, true);
    return announce({ ...engine, reason: `${engine.reason}, as FORCE_ENGINE says` }, backend);
  }
  const refusals: string[] = [];
  for (const name of engineNames) {
    try {
      const { engine, backend } = await startOne(name, false);
      const reason = [engine.reason, ...refusals].join("; ");
      return announce({ ...engine, reason }, backend);
    } catch (error) {
      refusals.push(`${name} is not used: ${error instanceof Error ? error.message : error}`);
    }
  }
  throw new Error(`No engine starts. ${refusals.join("; ")}`);
}

async function startOne(name: EngineName, forced: boolean): Promise<Started> {
  switch (name) {
    case "tensorflow":
      return await startTensorFlow();
    case "webgpu":
      return { engine: await startWebGpu({ acceptSoftware: forced }), backend: null };
    case "wasm":
      return { engine: await startWasm(), backend: null };
    case "cpu":
      return { engine: await startCpu(), backend: null };
  }
}

function announce(engine: Engine, backend: NodeBackend | null): Started {
  if (engine.name !== "tensorflow") {
    console.info(`Engine: ${engine.name} ${engine.version} (${engine.reason})`);
  }
  return { engine, backend };
}
