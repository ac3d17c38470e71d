import { fileURLToPath } from "node:url";

/** How the process of a few sequences ended. */
export interface Outcome {
  /** What went wrong, with the seed of the sequence, or null. */
  readonly failure: string | null;
  readonly fine: number;
  readonly errors: number;
}

/** Runs sequences of random calls in a process of their own, which has `seconds` for it. */
export async function runProcess(first: number, count: number, seconds: number): Promise<Outcome> {
  const program = fileURLToPath(new URL("./process.ts", import.meta.url));
  const { code, signal, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", program, String(first), String(count)],
    signal: AbortSignal.timeout(1000 * seconds),
  }).output();
  const lines = new TextDecoder().decode(stdout).trim().split("\n");
  const last = lines.at(-1)!;
  if (code === 0 && last.startsWith("finished ")) {
    const { fine, errors, leaks } = JSON.parse(last.slice("finished ".length));
    const leaking = lines.filter((line) => line.includes(" leaves "));
    return { failure: leaks > 0 ? leaking.join("\n") : null, fine, errors };
  }
  const how = signal ? `signal ${signal}` : `status ${code}`;
  const message = new TextDecoder().decode(stderr).slice(-2000);
  return { failure: `The process ended with ${how} in ${last}\n${message}`, fine: 0, errors: 0 };
}
