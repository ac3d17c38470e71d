/** Name under which the system's own C library is found. */
export const systemLibrary = Deno.build.os === "darwin" ? "libSystem.dylib" : "libc.so.6";
