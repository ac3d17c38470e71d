/** What a worker answers to a job. */
export type WorkerAnswer<Result> = { readonly result: Result } | { readonly error: string };

/** How {@linkcode runOnWorkers} runs. */
export interface PoolOptions {
  /** Number of workers. */
  readonly workers: number;
  /** First message to every worker. */
  readonly setUp: unknown;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs jobs on module workers, one job a worker at a time, and yields the results as they come.
 * When the signal fires no further job is handed out; those in hand are finished and yielded.
 *
 * @throws Error with the worker's reason, after which no result is yielded any more
 */
export async function* runOnWorkers<Job, Result>(
  module: URL,
  jobs: readonly Job[],
  { workers, setUp, signal }: PoolOptions,
): AsyncGenerator<Result> {
  const pool = Array.from(
    { length: Math.min(workers, jobs.length) },
    () => new Worker(module, { type: "module" }),
  );
  try {
    for (const worker of pool) worker.postMessage(setUp);
    const running = new Map<Worker, Promise<{ worker: Worker; result: Result }>>();
    let next = 0;
    const hand = (worker: Worker) => {
      if (next < jobs.length && !signal?.aborted) {
        running.set(worker, answerOf<Result>(worker).then((result) => ({ worker, result })));
        worker.postMessage(jobs[next++]);
      }
    };
    pool.forEach(hand);
    while (running.size > 0) {
      const { worker, result } = await Promise.race(running.values());
      running.delete(worker);
      hand(worker);
      yield result;
    }
  } finally {
    for (const worker of pool) worker.terminate();
  }
}

function answerOf<Result>(worker: Worker): Promise<Result> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<WorkerAnswer<Result>>) =>
      "error" in data ? reject(new Error(data.error)) : resolve(data.result);
    worker.onerror = (event) => {
      // Without this the error would end the whole process instead of reaching the caller.
      event.preventDefault();
      reject(new Error(`A worker failed: ${event.message}`));
    };
  });
}
