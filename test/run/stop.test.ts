import assert from "node:assert/strict";

const module = new URL("../../lib/run/mod.ts", import.meta.url).href;

/** Runs a program in a process of its own and interrupts it when it says that it is ready. */
async function interrupt(program: string): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", `import { stopSignal } from "${module}";\n${program}`],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let output = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    output += text;
    if (text.includes("ready")) child.kill("SIGINT");
  }
  await child.status;
  return output;
}

Deno.test("stopSignal fires at SIGINT and the process lives on", async () => {
  const output = await interrupt(`
    const signal = stopSignal();
    const stopped = new Promise((resolve) => signal.addEventListener("abort", resolve));
    console.log("ready");
    const timer = setTimeout(() => {}, 60_000);
    await stopped;
    clearTimeout(timer);
    console.log(signal.reason.name, "and alive");
    Deno.exit();
  `);
  assert.match(output, /AbortError and alive/);
});

Deno.test("stopSignal fires only the newest signal", async () => {
  const output = await interrupt(`
    const older = stopSignal();
    const newer = stopSignal();
    const stopped = new Promise((resolve) => newer.addEventListener("abort", resolve));
    console.log("ready");
    const timer = setTimeout(() => {}, 60_000);
    await stopped;
    clearTimeout(timer);
    console.log("older", older.aborted, "newer", newer.aborted);
    Deno.exit();
  `);
  assert.match(output, /older false newer true/);
});
