import assert from "node:assert/strict";
import { copiesOf } from "../../lib/models/mod.ts";
import { train, watch } from "../../lib/train/mod.ts";
import { tinyTraining } from "./tiny.ts";

Deno.test("watch looks before training, every so many epochs, and at the end", async () => {
  const { training, autoencoder, pictures, dispose } = await tinyTraining();
  const reports = await Array.fromAsync(watch(
    train(training, pictures, { epochs: 5, batchSize: 8 }),
    () => copiesOf(autoencoder, pictures.heldOut.slice(0, 3)),
    { every: 2 },
  ));
  const { film, seen } = reports.at(-1)!;
  assert.deepEqual(film.map(({ epoch }) => epoch), [0, 2, 4, 5]);
  assert.equal(seen, film.at(-1)!.seen);
  assert.equal(seen.length, 3);
  assert.notDeepEqual(film[0]!.seen[0]!.data, seen[0]!.data);
  dispose();
});
