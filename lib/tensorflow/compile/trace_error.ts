/** Something inside a compiled function that cannot be put into a graph. */
export class TraceError extends Error {
  override readonly name = "TraceError";

  constructor(what: string, options?: ErrorOptions) {
    const line = callerLine();
    super(line ? `${what} (at ${line})` : what, options);
  }
}

/** The line outside of this library and of node_modules that was running: the one to change. */
function callerLine(): string | null {
  const library = new URL("..", import.meta.url).href;
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 100;
  const stack = new Error().stack ?? "";
  Error.stackTraceLimit = limit;
  const frame = stack.split("\n").slice(1).find((line) =>
    !line.includes(library) && !line.includes("/node_modules/") && /:\d+:\d+/.test(line) &&
    !/\b(ext|node):/.test(line)
  );
  return frame?.match(/[^\s(]+:\d+:\d+/)?.[0] ?? null;
}
