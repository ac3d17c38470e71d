/**
 * A signal that fires at Jupyter's Stop button (and at Ctrl-C in a terminal).
 *
 * The kernel answers Stop with SIGINT, which kills a process that does not listen for it. Listening
 * keeps the kernel and everything in its memory alive; the running stage sees the signal at its next
 * `await`, keeps what it has and returns. Call it anew in every cell that can be stopped: a signal
 * that has fired stays fired. Only the newest signal is listened for.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  if (listener) Deno.removeSignalListener("SIGINT", listener);
  listener = () => controller.abort(new DOMException("Stopped by the reader", "AbortError"));
  Deno.addSignalListener("SIGINT", listener);
  return controller.signal;
}

let listener: (() => void) | undefined;
