import { realpathSync } from "node:fs";
import { createRequire, Module } from "node:module";
import { nodeNamespace } from "./backend/node_namespace.ts";
import { requirePackage } from "./tfjs.ts";

/**
 * Loads an npm package that wants tfjs-node, such as `@vladmandic/human` or `@vladmandic/face-api`,
 * on this process's engine: its `require("@tensorflow/tfjs-node")` is answered with our `tf`, so
 * that its tensors and ours are the same.
 *
 * ```ts
 * const { default: Human } = requireOnEngine("@vladmandic/human");
 * ```
 */
// deno-lint-ignore no-explicit-any -- what a package exports is for the caller to say
export function requireOnEngine<Exports = any>(name: string): Exports {
  const file = realpathSync(requirePackage.resolve(name));
  answer(createRequire(file).resolve("@tensorflow/tfjs-node"));
  return requirePackage(name);
}

/** Puts our namespace where the module loader will look for the file. */
function answer(file: string): void {
  const cache = (Module as unknown as { _cache: Record<string, unknown> })._cache;
  if (cache[file]) return;
  const stand = new Module(file);
  stand.filename = file;
  stand.loaded = true;
  stand.exports = nodeNamespace();
  cache[file] = stand;
}
