import assert from "node:assert/strict";

const module = new URL("../../lib/tensorflow/mod.ts", import.meta.url).href;
const config = new URL("../../deno.json", import.meta.url).pathname;

Deno.test("a process that loads sharp before TensorFlow and runs no op ends with status 0", async () => {
  const program = `import "sharp"; await import("${module}"); console.log("done");`;
  const { code, signal, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", `--config=${config}`, program],
  }).output();
  assert.match(new TextDecoder().decode(stdout), /done/);
  assert.deepEqual({ code, signal }, { code: 0, signal: null });
});
