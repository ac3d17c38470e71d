import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("./train_in_a_process.ts", import.meta.url));

/** Runs the program until it ends, or until it has made so many reports and is killed. */
async function run(checkpoint: string, killAfter = Infinity): Promise<string[]> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", program, checkpoint],
    stdout: "piped",
  }).spawn();
  const lines: string[] = [];
  let rest = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split("\n");
    rest = parts.pop()!;
    // Where TensorFlow is missing, the engine says so in a line of its own.
    lines.push(...parts.filter((line) => /^(done|state) /.test(line)));
    if (lines.length >= killAfter) child.kill("SIGKILL");
  }
  await child.status;
  return lines;
}

const doneAt = (line: string) => Number(line.split(" ")[1]);

Deno.test("train ends in the same state, bit for bit, when it is killed again and again", async () => {
  const folder = await Deno.makeTempDir();
  const undisturbed = (await run(join(folder, "undisturbed.safetensors"))).at(-1)!;
  assert.match(undisturbed, /^state /);

  const checkpoint = join(folder, "killed.safetensors");
  let reached = 0;
  for (const killAfter of [4, 9]) {
    const lines = await run(checkpoint, killAfter);
    assert.ok(!lines.some((line) => line.startsWith("state")), "it ended before it was killed");
    // What was reported as done before the kill is where it goes on, or later.
    assert.ok(doneAt(lines[0]!) >= reached);
    reached = doneAt(lines[killAfter - 1]!);
    assert.ok(reached > 0);
  }
  const lines = await run(checkpoint);
  assert.ok(doneAt(lines[0]!) >= reached);
  assert.equal(lines.at(-1), undisturbed);
  await Deno.remove(folder, { recursive: true });
});
