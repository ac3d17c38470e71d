import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

/** When a process is killed: some milliseconds after it has printed this text. */
export type Kill = readonly [text: string, delay?: number];

/**
 * Runs a script of this folder on a catalogue in a process of its own, to its end or until it is
 * killed in the middle of whatever it does then.
 *
 * @returns the signal that it ended by, null where it ended well
 */
export async function runScript(
  name: string,
  catalog: string,
  kill?: Kill,
): Promise<Deno.Signal | null> {
  const script = fileURLToPath(new URL(name, import.meta.url));
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", script, catalog],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  for await (const text of process.stdout.pipeThrough(new TextDecoderStream())) {
    if (!kill || !text.includes(kill[0])) continue;
    if (kill[1]) await new Promise((resolve) => setTimeout(resolve, kill[1]));
    process.kill("SIGKILL");
    break;
  }
  const { signal, code } = await process.status;
  assert.ok(signal === "SIGKILL" || code === 0, `${name} ended with ${code}`);
  return signal;
}
