// Trains the tiny net with a checkpoint at the path given, tells of every report, and prints a
// checksum of the final state. The test kills it in the middle.
import { createHash } from "node:crypto";
import { train } from "../../lib/train/mod.ts";
import { stateBits, tinyTraining } from "./tiny.ts";

const { training, pictures } = await tinyTraining();
const options = { epochs: 40, batchSize: 8, checkpoint: Deno.args[0]! };
for await (const { done } of train(training, pictures, options)) console.log(`done ${done}`);
const bits = await stateBits(training.state);
console.log(`state ${createHash("sha256").update(bits).digest("hex")}`);
