/**
 * Runs the tests of ops that tfjs-core carries (`dist/**` + `/*_test.js`) on this project's engine.
 *
 *     deno run -A tools/core_op_tests/main.ts [words of test names]
 *
 * Prints what failed that is not listed in `exceptions.ts`, and what passed although listed; ends
 * with 1 where there is any. The tests import tfjs-core as separate modules, so a copy of those,
 * marked as modules, takes the place of the bundle that packages otherwise require.
 */
import { copy } from "./copy.ts";
import { exceptions } from "./exceptions.ts";
import { startJasmine } from "./jasmine.ts";
import { stockExceptions } from "./stock_exceptions.ts";
import { createRequire, Module } from "node:module";
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const words = Deno.args.join(" ");
const { folder, testFiles } = await copy();
const at = (file: string) => pathToFileURL(join(folder, file)).href;
const require = createRequire(import.meta.url);
const jasmine = startJasmine();

const core = await import(at("index.js"));
await import(at("register_all_gradients.js"));
await import(at("public/chained_ops/register_all_chained_ops.js"));
// tfjs-node's backend, compiled for older engines, calls its parent class as a function.
const KernelBackend = Object.assign(function () {}, { prototype: core.KernelBackend.prototype });
// Layers are not what is tested, but the engine has a look at one.
const layers = { batchNormalization: () => new (class BatchNormalization {})() };
const unionFile = require.resolve("@tensorflow/tfjs");
for (const name of ["@tensorflow/tfjs-core", "@tensorflow/tfjs"]) {
  standIn(name, { ...core, KernelBackend, layers, version: { tfjs: core.version_core } });
}
createRequire(realpathSync(unionFile))("@tensorflow/tfjs-backend-cpu");
const { engine, liveHandles } = await import("../../lib/tensorflow/mod.ts");

const { setTestEnvs } = await import(at("jasmine_util.js"));
setTestEnvs([{ name: "engine", backendName: engine.name, flags: {}, isDataSync: true }]);
for (const file of testFiles) await import(at(file));

const { passed, failed } = await jasmine.run((name) => name.includes(words));
const reasonOf = (name: string) => exceptions.find(([words]) => name.includes(words))?.[1];
const surprises = failed.filter(({ name }) => !reasonOf(name));
const outdated = words
  ? []
  : exceptions.filter(([words]) => !failed.some(({ name }) => name.includes(words)));
for (const { name, messages } of surprises) {
  console.log(`FAILED ${name}\n  ${messages.join("\n  ")}`);
}
for (const [name] of outdated) console.log(`PASSES although listed as an exception: ${name}`);
console.log(
  `${engine.name} ${engine.version}: ${passed.length} passed, ${failed.length} failed, ` +
    `${failed.length - surprises.length} of them known exceptions; ${liveHandles()} handles left`,
);
const stock = await stockExceptions();
const isLeftOut = (name: string) => stock.some((words) => name.includes(words));
console.log(
  `tfjs-node's run script names ${stock.length} exceptions for its addon; ` +
    `of the tests that they leave out, ${passed.filter(isLeftOut).length} pass here and ` +
    `${failed.filter(({ name }) => isLeftOut(name)).length} fail`,
);
await Deno.remove(folder, { recursive: true });
Deno.exit(surprises.length + outdated.length > 0 ? 1 : 0);

/** Answers every later `require` of a package with these exports. */
function standIn(name: string, exports: object): void {
  const file = require.resolve(name);
  const cache = (Module as unknown as { _cache: Record<string, unknown> })._cache;
  cache[file] = Object.assign(new Module(file), { loaded: true, exports });
}
