import { cString } from "./c_strings.ts";
import { systemLibrary } from "./system_library.ts";

// <dlfcn.h>: RTLD_NOW is 2 everywhere, RTLD_NODELETE differs.
const keepForever = 2 | (Deno.build.os === "darwin" ? 0x80 : 0x1000);

/**
 * Keeps an open library in memory until the process is gone. Deno closes its libraries when it ends,
 * and what other native code does afterwards (sharp's exit handlers, where it was loaded first) may
 * still lead into TensorFlow: the process would end with a segmentation fault after all its work.
 */
export function keepLoaded(path: string): void {
  try {
    const { dlopen } = Deno.dlopen(systemLibrary, {
      dlopen: { parameters: ["buffer", "i32"], result: "pointer" },
    }).symbols;
    dlopen(cString(path), keepForever);
  } catch {
    // Without it everything works; only the end of a process is at risk.
  }
}
