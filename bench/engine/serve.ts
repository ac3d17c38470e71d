import process from "node:process";
import { createInterface } from "node:readline";

/** What a process that serves says when it is ready. */
export interface Ready {
  /** Weights that are trained. */
  readonly parameters: number;
  readonly version: string;
}

/** What it answers to "run N steps". */
export interface Answer {
  readonly seconds: number;
  /** Seconds of all of the process's threads together. */
  readonly processor: number;
  readonly loss: number;
  /** Resident memory at its peak so far in MB. */
  readonly peak: number;
}

/** Says that all is ready, then answers every line "N" of the standard input with N steps' time. */
export async function serve(
  ready: Ready,
  step: (position: number) => Promise<void>,
  loss: () => number,
): Promise<void> {
  say(ready);
  let position = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    const begin = performance.now();
    const before = process.cpuUsage();
    for (let left = Number(line); left > 0; left--) await step(position++);
    const seconds = (performance.now() - begin) / 1000;
    const { user, system } = process.cpuUsage(before);
    const processor = (user + system) / 1e6;
    say({ seconds, processor, loss: loss(), peak: peak() });
  }
}

function say(message: Ready | Answer): void {
  console.log(JSON.stringify(message));
}

/** By Linux's own account of this process. */
function peak(): number {
  const status = Deno.readTextFileSync("/proc/self/status");
  return Number(status.match(/^VmHWM:\s+(\d+) kB/m)?.[1]) / 1024;
}
