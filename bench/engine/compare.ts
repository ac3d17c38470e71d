import { median } from "d3-array";
import { Peer, type PeerCommand } from "./peer.ts";

/** How one peer did. */
export interface Result {
  readonly peer: string;
  readonly version: string;
  /** Milliseconds of a step in each round. */
  readonly rounds: readonly number[];
  readonly median: number;
  /** Median of the milliseconds that all threads together took for a step. */
  readonly processor: number;
  /** Loss after the first 20 steps. */
  readonly loss: number;
  /** Trained weights. */
  readonly parameters: number;
  /** Seconds from the start of the process to the end of its second step. */
  readonly startUp: number;
  /** Peak of resident memory in MB. */
  readonly memory: number;
}

interface Entry {
  readonly peer: Peer;
  readonly startUp: number;
  readonly loss: number;
  /** Steps in a round. */
  readonly steps: number;
  readonly times: number[];
  readonly processorTimes: number[];
  memory: number;
}

/** Runs peers by turns, each in its own process, every round in another order. */
export async function compare(
  commands: readonly PeerCommand[],
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<Result[]> {
  const peers: Peer[] = [];
  try {
    const entries: Entry[] = [];
    for (const command of commands) {
      const begin = performance.now();
      const peer = await Peer.start(command);
      peers.push(peer);
      await peer.run(2);
      const startUp = (performance.now() - begin) / 1000;
      const { loss } = await peer.run(18);
      const trial = await peer.run(3);
      const steps = Math.max(2, Math.round(3 * seconds / trial.seconds));
      entries.push({ peer, startUp, loss, steps, times: [], processorTimes: [], memory: 0 });
    }
    for (let round = 0; round < rounds; round++) {
      const order = entries.map((_, index) => entries[(index + round) % entries.length]!);
      for (const entry of order) {
        const answer = await entry.peer.run(entry.steps);
        entry.times.push(1000 * answer.seconds / entry.steps);
        entry.processorTimes.push(1000 * answer.processor / entry.steps);
        entry.memory = answer.peak;
      }
    }
    return entries.map(({ peer, startUp, loss, times, processorTimes, memory }) => ({
      peer: peer.name,
      ...peer.ready,
      rounds: times,
      median: median(times)!,
      processor: median(processorTimes)!,
      loss,
      startUp,
      memory,
    }));
  } finally {
    await Promise.all(peers.map((peer) => peer.end()));
  }
}
