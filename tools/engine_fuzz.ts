/**
 * Calls the engine at random, rightly and wrongly, for some minutes, in processes of 200 sequences of
 * 40 calls each.
 *
 *     deno task engine-fuzz [--minutes 5] [--seed N]
 *
 * Prints where a process ended by itself, hung or lost a handle, with the seed of the sequence:
 * `deno run -A test/tensorflow/fuzz/process.ts SEED 1` repeats it. Ends with 1 if there was any.
 */
import { parseArgs } from "node:util";
import { runProcess } from "../test/tensorflow/fuzz/run_process.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "5" },
    seed: { type: "string", default: String(Date.now() % 1_000_000_000) },
  },
});
const end = performance.now() + 60_000 * Number(values.minutes);
const sequences = 200;
let seed = Number(values.seed);
let failures = 0;
const total = { sequences: 0, fine: 0, errors: 0 };
console.log(`first seed ${seed}`);
while (performance.now() < end) {
  const { failure, fine, errors } = await runProcess(seed, sequences, 600);
  if (failure) {
    failures++;
    console.log(failure);
  }
  total.sequences += sequences;
  total.fine += fine;
  total.errors += errors;
  seed += sequences;
}
console.log(
  `${total.sequences} sequences, ${total.fine} calls fine, ${total.errors} errors, ` +
    `${failures} processes that failed`,
);
Deno.exit(failures > 0 ? 1 : 0);
