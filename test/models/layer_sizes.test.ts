import assert from "node:assert/strict";
import { buildAutoencoder, dispose, layerSizes } from "../../lib/models/mod.ts";

Deno.test("layerSizes lists the layers from the picture to the code and back", () => {
  const autoencoder = buildAutoencoder({ size: 16, filters: [4, 4, 8, 8], hidden: 16 });
  const sizes = layerSizes(autoencoder);
  assert.deepEqual(sizes.map(({ values }) => values), [768, 256, 64, 32, 8, 16, 2, 16, 16, 768]);
  assert.deepEqual(sizes[1]?.shape, [8, 8, 4]);
  assert.equal(sizes.find(({ layer }) => layer === "linear_code")?.weights, 16 * 2 + 2);
  dispose(autoencoder);
});
