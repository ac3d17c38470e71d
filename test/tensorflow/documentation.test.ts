import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const document = fileURLToPath(new URL("../../docs/engine.md", import.meta.url));
const examples = [...Deno.readTextFileSync(document).matchAll(/```ts\n(.*?)```/gs)];

examples.forEach(([, code], index) => {
  Deno.test(`example ${index + 1} of docs/engine.md type-checks and runs`, async () => {
    // Beside the document, so that its imports hold.
    const file = join(dirname(document), `.example_${index + 1}.ts`);
    await Deno.writeTextFile(file, code!);
    try {
      const { success, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--check", file],
      }).output();
      assert.ok(success, new TextDecoder().decode(stderr));
    } finally {
      await Deno.remove(file);
    }
  });
});
