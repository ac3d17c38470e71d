import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Absolute path of the repository's root. */
export const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * The path that an environment variable names, absolute or relative to the repository's root, as an
 * absolute one; an http(s) address as it is; null where the variable is empty or not set.
 */
export function namedPath(
  variable: string,
  environment: { get(name: string): string | undefined } = Deno.env,
): string | null {
  const named = environment.get(variable);
  if (!named) return null;
  return /^https?:/.test(named) ? named : resolve(repository, named);
}
