import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../lib/tensorflow", import.meta.url));

async function* sourceFiles(path: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(path)) {
    if (isDirectory) yield* sourceFiles(`${path}/${name}`);
    else if (name.endsWith(".ts")) yield `${path}/${name}`;
  }
}

Deno.test("lib/tensorflow imports its own files, Node's modules and TensorFlow.js, nothing else", async () => {
  let imports = 0;
  for await (const file of sourceFiles(folder)) {
    const text = await Deno.readTextFile(file);
    const names = text.matchAll(
      /(?:\bfrom\s+|\bimport\s+|\bimport\(\s*|\brequire(?:Package)?\(\s*)"([^"]+)"/g,
    );
    for (const [, name] of names) {
      imports++;
      const isOurs = name!.startsWith(".")
        ? fileURLToPath(new URL(name!, `file://${file}`)).startsWith(`${folder}/`)
        : /^(node:|@tensorflow\/tfjs)/.test(name!) || file.endsWith("require_on_engine.ts");
      assert.ok(isOurs, `${file.slice(folder.length + 1)} imports ${name}`);
    }
  }
  assert.ok(imports > 100, `only ${imports} imports were found`);
});
