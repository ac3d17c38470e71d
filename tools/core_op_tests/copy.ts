import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire, isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";

/** Tests of parts that have nothing to do with an engine: the web, storage, files. */
const skipped = /^(io|platforms|scripts|miniprogram)\b|^(environment|jasmine_util|version)_test/;

/**
 * Copies tfjs-core's modules into a new folder, with their imports written out as a runtime without
 * a bundler needs them.
 */
export async function copy(): Promise<{ folder: string; testFiles: string[] }> {
  const entry = createRequire(import.meta.url).resolve("@tensorflow/tfjs-core");
  const source = dirname(entry);
  const folder = await mkdtemp(join(tmpdir(), "core-op-tests-"));
  const files = (await readdir(source, { recursive: true }))
    .filter((file) => file.endsWith(".js") && !/^(tf-core\.|scripts\b)/.test(file));
  const { resolve } = createRequire(entry);
  const bare = (name: string) =>
    isBuiltin(name) ? `node:${name}` : pathToFileURL(resolve(name)).href;
  const completed = (file: string, name: string) =>
    [name, `${name}.js`, `${name}/index.js`].find((path) =>
      path.endsWith(".js") && existsSync(join(source, dirname(file), path))
    ) ?? name;
  for (const file of files) {
    const text = await readFile(join(source, file), "utf8");
    const rewritten = text.replace(/^import \* as (\w+) from '(\w+)';/gm, "import $1 from '$2';")
      .replace(
        /(\bfrom |^import )'([^'\n]+)';/gm,
        (_, start, name) =>
          `${start}'${name.startsWith(".") ? completed(file, name) : bare(name)}';`,
      );
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), rewritten);
  }
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const testFiles = files
    .map((file) => relative(".", file))
    .filter((file) => file.endsWith("_test.js") && !skipped.test(file))
    .sort();
  return { folder, testFiles };
}
