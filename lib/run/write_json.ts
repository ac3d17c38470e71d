import { dirname } from "node:path";

/** Writes a value as a JSON file, which is there whole or not at all; its folder is made. */
export function writeJson(path: string, value: unknown): void {
  Deno.mkdirSync(dirname(path), { recursive: true });
  const part = `${path}.${Deno.pid}.part`;
  Deno.writeTextFileSync(part, JSON.stringify(value, null, 2));
  Deno.renameSync(part, path);
}
