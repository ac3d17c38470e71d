import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import {
  buildFaceGenerator,
  buildGan,
  type FaceGeneratorOptions,
  generate,
  namedWeights,
  randomCodes,
} from "../../lib/models/mod.ts";
import { readCheckpoint } from "../../lib/train/mod.ts";

const folder = fileURLToPath(new URL("../../data/released/", import.meta.url));

for (const { name } of Deno.readDirSync(folder)) {
  if (!name.endsWith(".safetensors")) continue;

  Deno.test(`${name}: is below 6 MB and draws faces that differ`, async () => {
    assert.ok((await Deno.stat(folder + name)).size < 6e6);
    const released = await readCheckpoint(folder + name);
    const { form } = released!.description as {
      form: FaceGeneratorOptions & { codeSize: number };
    };
    const isPlainGan = name === "gan.safetensors";
    const generator = isPlainGan ? buildGan(form).averaged : buildFaceGenerator(form);
    released!.restore(namedWeights({ generator }, "all"));
    const faces = await generate(generator, randomCodes(16, form.codeSize, 1));
    const middles = faces.map(({ data, width }) => data[3 * (width * 8 + 8)]!);
    assert.ok(Math.max(...middles) - Math.min(...middles) > 20, `corners: ${middles}`);
  });
}
