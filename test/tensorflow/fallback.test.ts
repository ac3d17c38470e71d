import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { engine } from "../../lib/tensorflow/mod.ts";

interface Result {
  engine: { name: string; version: string; library: string | null; reason: string };
  losses: number[];
  leak: number;
  fit: number[];
  gradients: number[];
}

async function runOn(environment: Record<string, string>): Promise<{
  result: Result | null;
  output: string;
  errors: string;
}> {
  const program = fileURLToPath(new URL("./on_engine.ts", import.meta.url));
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", program],
    env: environment,
  }).output();
  const output = new TextDecoder().decode(stdout);
  const line = output.split("\n").find((text) => text.startsWith("result "));
  return {
    result: line ? JSON.parse(line.slice("result ".length)) : null,
    output,
    errors: new TextDecoder().decode(stderr),
  };
}

const best = await runOn({});

Deno.test("the engine of this machine trains, compiled and by fit()", () => {
  const { result, errors } = best;
  assert.ok(result, errors);
  assert.equal(result.engine.name, engine.name);
  assert.equal(result.leak, 0);
  assert.ok(result.losses.at(-1)! < 0.9 * result.losses[0]!);
});

for (const name of ["wasm", "cpu"]) {
  Deno.test(`FORCE_ENGINE=${name} trains to the same losses and says in one line what it is`, async () => {
    const { result, output, errors } = await runOn({ FORCE_ENGINE: name });
    assert.ok(result, errors);
    assert.equal(result.engine.name, name);
    assert.match(result.engine.reason, /as FORCE_ENGINE says/);
    const announcements = output.split("\n").filter((line) => line.startsWith("Engine: "));
    assert.equal(announcements.length, 1);
    assert.match(announcements[0]!, new RegExp(`^Engine: ${name} .*FORCE_ENGINE`));
    assert.doesNotMatch(output + errors, /Hi, looks like/);
    assert.equal(result.leak, 0);
    const close = (got: number[], expected: number[]) =>
      got.forEach((value, index) =>
        assert.ok(
          Math.abs(value - expected[index]!) <= 1e-4 * Math.abs(expected[index]!),
          `${got} against ${expected}`,
        )
      );
    close(result.losses, best.result!.losses);
    close(result.fit, best.result!.fit);
    close(result.gradients, best.result!.gradients);
  });
}

Deno.test("a library that is not TensorFlow's is an error or a fallback that names it", async () => {
  const file = await Deno.makeTempFile({ suffix: ".so" });
  await Deno.writeTextFile(file, "no library");
  try {
    const { result } = await runOn({ TENSORFLOW_LIBRARY: file });
    assert.notEqual(result!.engine.name, "tensorflow");
    assert.ok(result!.engine.reason.includes(file));
    const forced = await runOn({ TENSORFLOW_LIBRARY: file, FORCE_ENGINE: "tensorflow" });
    assert.equal(forced.result, null);
    assert.ok(forced.errors.includes(file));
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("FORCE_ENGINE with an unknown name is an error that lists the known ones", async () => {
  const { result, errors } = await runOn({ FORCE_ENGINE: "abacus" });
  assert.equal(result, null);
  assert.match(
    errors,
    /FORCE_ENGINE=abacus is no engine; there are: tensorflow, webgpu, wasm, cpu/,
  );
});

for (const name of ["wasm", "cpu"]) {
  Deno.test(`gradients are right on ${name} as well, or errors`, async () => {
    const tests = fileURLToPath(new URL("./gradients.test.ts", import.meta.url));
    const { success, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "-A", "--no-check", tests],
      env: { FORCE_ENGINE: name },
    }).output();
    assert.ok(success, new TextDecoder().decode(stdout));
  });
}
