/**
 * Runs sequences of random calls, right and wrong ones, each sequence by its seed:
 *
 *     deno run -A --no-check test/tensorflow/fuzz/process.ts FIRST_SEED COUNT
 *
 * Prints each seed before its sequence, so that a crash of the process tells which it was, and at
 * the end a line of counts.
 */
import { liveHandles, tf } from "../../../lib/tensorflow/mod.ts";
import { kinds, makeCompiled, tensorsIn } from "./actions.ts";
import { endWorld, makeWorld, oneOf } from "./world.ts";

const [first, count] = Deno.args.map(Number) as [number, number];
const log = console.log;
console.log = console.warn = () => {}; // tf.print and warnings
const counts = { fine: 0, errors: 0, leaks: 0 };
tf.ones([1]).add(1).dispose();

for (let seed = first; seed < first + count; seed++) {
  log(`seed ${seed}`);
  const handles = liveHandles();
  const world = makeWorld(seed);
  for (let made = 0; made < 3; made++) makeCompiled(world);
  for (let call = 0; call < 40; call++) {
    try {
      tf.tidy(() => {
        const made = tensorsIn(oneOf(world, oneOf(world, kinds))(world));
        for (const tensor of made) if (!tensor.isDisposed) world.pool.push(tf.keep(tensor));
      });
      counts.fine++;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      counts.errors++;
    }
    if (world.draw(10) === 0) await Promise.all(world.running);
  }
  await endWorld(world);
  if (liveHandles() !== handles) {
    counts.leaks++;
    log(`seed ${seed} leaves ${liveHandles() - handles} handles`);
  }
}
log(`finished ${JSON.stringify(counts)}`);
