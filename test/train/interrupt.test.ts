import assert from "node:assert/strict";
import { engine } from "../../lib/tensorflow/mod.ts";

const onTensorFlow = { ignore: engine.name !== "tensorflow" };
const lib = new URL("../../lib/", import.meta.url).href;

/** A step that takes a while, and what happens meanwhile. */
const program = `
  import { compile, tf } from "${lib}tensorflow/mod.ts";
  import { stopSignal } from "${lib}run/mod.ts";

  const x = tf.randomUniform([700, 700], 0, 0.001, "float32", 1);
  const step = compile((x) => {
    let product = x;
    for (let round = 0; round < 60; round++) product = tf.matMul(product, x);
    return product;
  }, { firstCallEager: false });
  (await step.async(x)).dispose();

  const signal = stopSignal();
  let isRunning = true;
  signal.addEventListener("abort", () => console.log("stopped, step running:", isRunning));
  console.log("ready");
  while (!signal.aborted) {
    isRunning = true;
    const result = await step.async(x);
    isRunning = false;
    console.log("steps end");
    result.dispose();
  }
  console.log("alive");
`;

Deno.test(
  "SIGINT reaches the stop signal while TensorFlow computes a step",
  onTensorFlow,
  async () => {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["eval", program],
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    let output = "";
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      const wasReady = output.includes("ready");
      output += text;
      if (!wasReady && output.includes("ready")) child.kill("SIGINT");
    }
    assert.equal((await child.status).code, 0);
    assert.match(output, /stopped, step running: true/);
    assert.match(output, /alive\n$/);
  },
);
