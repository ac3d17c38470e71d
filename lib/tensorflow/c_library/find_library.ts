import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const fileNames = Deno.build.os === "darwin"
  ? ["libtensorflow_cc.2.dylib", "libtensorflow.2.dylib", "libtensorflow.dylib"]
  : ["libtensorflow_cc.so.2", "libtensorflow.so.2", "libtensorflow.so"];

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

/** What a search for TensorFlow's C library came to. */
export interface LibrarySearch {
  /** Absolute path of the library, or null where none was found. */
  readonly path: string | null;
  /** Where it was found, or what was looked at, in words. */
  readonly explanation: string;
}

/**
 * Looks for TensorFlow's C library: the file that `TENSORFLOW_LIBRARY` names; the `tensorflow`
 * package of a Python environment (`VIRTUAL_ENV`, then `.venv` of the working folder, its parents
 * and this repository); `deps/lib` of tfjs-node, where its install script could run; the system.
 *
 * A `TENSORFLOW_LIBRARY` that names no file is an error, not a reason to look elsewhere.
 */
export function findLibrary(
  environment: { get(name: string): string | undefined } = Deno.env,
): LibrarySearch {
  const named = environment.get("TENSORFLOW_LIBRARY");
  if (named) {
    if (existsSync(named)) return { path: resolve(named), explanation: "TENSORFLOW_LIBRARY" };
    throw new Error(
      `TENSORFLOW_LIBRARY names ${named}, and there is no such file. ` +
        "Correct it, or unset it to have the usual places searched.",
    );
  }
  const places = [
    ...pythonEnvironments(environment).flatMap(sitePackages).map((folder) => ({
      folder: join(folder, "tensorflow"),
      explanation: "the tensorflow package of a Python environment",
    })),
    ...addonFolders().map((folder) => ({ folder, explanation: "tfjs-node's own download" })),
    ...["/usr/local/lib", "/usr/lib", "/opt/homebrew/lib"].map((folder) => ({
      folder,
      explanation: "a library of the system",
    })),
  ];
  for (const { folder, explanation } of places) {
    const path = fileNames.map((name) => join(folder, name)).find((file) => existsSync(file));
    if (path) return { path, explanation };
  }
  return {
    path: null,
    explanation: `no ${
      fileNames[0]
    } in TENSORFLOW_LIBRARY, a Python environment, tfjs-node or the system`,
  };
}

function pythonEnvironments(environment: { get(name: string): string | undefined }): string[] {
  const folders = [environment.get("VIRTUAL_ENV")].filter((folder) => folder !== undefined);
  for (let folder = Deno.cwd();; folder = dirname(folder)) {
    folders.push(join(folder, ".venv"));
    if (folder === dirname(folder)) break;
  }
  return [...new Set([...folders, join(repository, ".venv")])];
}

function sitePackages(environmentFolder: string): string[] {
  const lib = join(environmentFolder, "lib");
  if (!existsSync(lib)) return [];
  return readdirSync(lib)
    .filter((name) => /^python3\.\d+$/.test(name))
    .map((name) => join(lib, name, "site-packages"));
}

function addonFolders(): string[] {
  try {
    const entry = createRequire(import.meta.url).resolve("@tensorflow/tfjs-node/package.json");
    return [join(dirname(entry), "deps", "lib")];
  } catch {
    return []; // Not installed, which only means one place less to look at.
  }
}
