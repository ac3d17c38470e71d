import type { Result } from "./compare.ts";

/** Prints one workload: medians, spread, ratio to the fastest, memory. */
export function printTable(workload: string, results: readonly Result[]): void {
  const fastest = Math.min(...results.map(({ median }) => median));
  console.log(`\n${workload}`);
  console.table(results.map(({ peer, median, processor, rounds, loss, startUp, memory }) => ({
    peer,
    "ms a step": rounded(median),
    from: rounded(Math.min(...rounds)),
    to: rounded(Math.max(...rounds)),
    "processor, ms": rounded(processor),
    "times the fastest": Number((median / fastest).toFixed(2)),
    "loss after 20": Number(loss.toPrecision(4)),
    "start-up, s": rounded(startUp),
    "peak, MB": Math.round(memory),
  })));
}

const rounded = (value: number) => Number(value.toFixed(1));
