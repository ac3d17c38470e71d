import { keepLoaded } from "./keep_loaded.ts";
import { quietly } from "./quietly.ts";
import { symbols } from "./symbols.ts";

/** TensorFlow's C functions, ready to be called. */
export type CLibrary = Deno.DynamicLibrary<typeof symbols>["symbols"];

/**
 * Opens TensorFlow's C library.
 *
 * Two settings are read by the library while it is being loaded, so they are made here, and only
 * where they are not made yet: `TF_ENABLE_ONEDNN_OPTS=1` (oneDNN's kernels; TensorFlow leaves them
 * off on many processors and they are worth 1.6x to 2x) and `TF_CPP_MIN_LOG_LEVEL=2` (warnings are
 * not printed; with `0` everything is, the lines of loading included).
 */
export function openLibrary(path: string): CLibrary {
  setDefault("TF_ENABLE_ONEDNN_OPTS", "1");
  setDefault("TF_CPP_MIN_LOG_LEVEL", "2");
  try {
    const open = () => Deno.dlopen(path, symbols).symbols;
    const library = Deno.env.get("TF_CPP_MIN_LOG_LEVEL") === "0" ? open() : quietly(open);
    keepLoaded(path);
    return library;
  } catch (cause) {
    throw new Error(
      `TensorFlow's C library ${path} could not be opened: ${messageOf(cause)}. ` +
        "Point TENSORFLOW_LIBRARY at another one, or set FORCE_ENGINE=wasm.",
      { cause },
    );
  }
}

function setDefault(name: string, value: string): void {
  if (Deno.env.get(name) === undefined) Deno.env.set(name, value);
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
