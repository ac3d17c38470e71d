/**
 * Trains a convolutional autoencoder for 10,000 compiled steps at batch 32 and prints what the
 * process holds meanwhile.
 *
 *     deno task memory-check [--steps 10000] [--size 64] [--filters 32]
 *
 * `--size` is the pictures' height and width, `--filters` the first convolution's number of
 * filters. Ends with 1 where the resident memory has grown by more than 3 % since step 200, or the
 * count of handles has changed.
 */
import { parseArgs } from "node:util";
import { trainingRun } from "../test/tensorflow/training_run.ts";

const { values } = parseArgs({
  options: {
    steps: { type: "string", default: "10000" },
    size: { type: "string", default: "64" },
    filters: { type: "string", default: "32" },
  },
});
const steps = Number(values.steps);
const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1).padStart(11);

using run = trainingRun(Number(values.size), Number(values.filters));
console.log("  step   resident MB   heap MB   handles   seconds");
const began = performance.now();
let start = { resident: 0, handles: 0 };
let last = start;
for (let step = 1; step <= steps; step++) {
  await run.step();
  if (step !== 200 && step % 1000 !== 0 && step !== steps) continue;
  const { resident, heap, handles } = run.holds();
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(
    `${String(step).padStart(6)}  ${megabytes(resident)} ${megabytes(heap)} ${
      String(handles).padStart(8)
    } ${seconds.padStart(9)}`,
  );
  last = { resident, handles };
  if (step === 200) start = last;
}
const growth = last.resident / start.resident - 1;
const lost = last.handles - start.handles;
console.log(`resident ${(100 * growth).toFixed(1)} % more than at step 200, ${lost} handles more`);
Deno.exit(growth > 0.03 || lost !== 0 ? 1 : 0);
