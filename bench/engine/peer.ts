import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Answer, Ready } from "./serve.ts";

/** How a peer's process is started. */
export interface PeerCommand {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly environment?: Readonly<Record<string, string>>;
}

/** A process that runs steps of one workload when asked. */
export class Peer {
  readonly name: string;
  readonly ready: Ready;
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  private constructor(
    { name, ready }: Pick<Peer, "name" | "ready">,
    process: ChildProcessByStdio<Writable, Readable, null>,
    lines: AsyncIterator<string>,
  ) {
    this.name = name;
    this.ready = ready;
    this.#process = process;
    this.#lines = lines;
  }

  /** Starts the process and waits until it is ready. */
  static async start({ name, command, environment }: PeerCommand): Promise<Peer> {
    const [file, ...args] = command;
    const env = { ...Deno.env.toObject(), ...environment };
    const child = spawn(file, args, { stdio: ["pipe", "pipe", "inherit"], env });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const ready = await nextLine<Ready>(name, lines);
    return new Peer({ name, ready }, child, lines);
  }

  /** Runs steps, and tells how long they took. */
  async run(steps: number): Promise<Answer> {
    this.#process.stdin.write(`${steps}\n`);
    return await nextLine<Answer>(this.name, this.#lines);
  }

  /** Ends the process. */
  async end(): Promise<void> {
    const ended = once(this.#process, "exit");
    this.#process.stdin.end();
    await ended;
  }
}

async function nextLine<T>(name: string, lines: AsyncIterator<string>): Promise<T> {
  const { value, done } = await lines.next();
  if (done) throw new Error(`${name} has ended before it answered: its own message is above`);
  return JSON.parse(value);
}
