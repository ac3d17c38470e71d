import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Words of the names of tests that tfjs-node's own run script leaves out for its C++ addon. */
export async function stockExceptions(): Promise<string[]> {
  const entry = createRequire(import.meta.url).resolve("@tensorflow/tfjs-node/package.json");
  const script = await readFile(join(dirname(entry), "dist", "run_tests.js"), "utf8");
  const [, list] = script.match(/var IGNORE_LIST = \[(.*?)\n\];/s)!;
  return [...list!.matchAll(/^ *'(.*)',?$/gm)]
    .map(([, words]) => words!.replace("test-tensorflow", "engine"));
}
