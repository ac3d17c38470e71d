import { systemLibrary } from "./system_library.ts";

const standardError = 2;
const writeOnly = 1;

/**
 * Runs `action` with the process's standard error closed to C code. While it is loaded, TensorFlow
 * logs a line about oneDNN that no setting of its own keeps back. Where the system's C library
 * cannot be opened the line simply appears.
 */
export function quietly<T>(action: () => T): T {
  const system = openSystem();
  if (!system) return action();
  const { dup, dup2, open, close } = system.symbols;
  const kept = dup(standardError);
  const nowhere = open(new TextEncoder().encode("/dev/null\0"), writeOnly);
  dup2(nowhere, standardError);
  try {
    return action();
  } finally {
    dup2(kept, standardError);
    close(kept);
    close(nowhere);
  }
}

function openSystem() {
  try {
    return Deno.dlopen(systemLibrary, {
      dup: { parameters: ["i32"], result: "i32" },
      dup2: { parameters: ["i32", "i32"], result: "i32" },
      open: { parameters: ["buffer", "i32"], result: "i32" },
      close: { parameters: ["i32"], result: "i32" },
    });
  } catch {
    return null;
  }
}
