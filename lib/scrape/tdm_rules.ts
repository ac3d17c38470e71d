import type { HostGate } from "./host_gate.ts";
import type { HttpClient } from "./http_client.ts";
import { OriginFile } from "./origin_file.ts";

/** A rule of tdmrep.json: a pattern of paths, and whether they are reserved. */
interface TdmRule {
  readonly location: string;
  readonly reserved: boolean;
}

/**
 * The TDM Reservation Protocol's file on a host, `/.well-known/tdmrep.json`: which paths may not be
 * mined. Patterns are those of robots.txt (`*`, and `$` at the end); the longest that fits wins, and
 * a reservation wins a tie. A file that is not what the protocol describes states nothing.
 */
export class TdmRules {
  readonly #file: OriginFile<readonly TdmRule[]>;

  constructor(client: HttpClient, { gate }: { gate: HostGate }) {
    this.#file = new OriginFile("/.well-known/tdmrep.json", { client, gate, parse: tdmRules });
  }

  /** The pattern by which the host reserves an address; null: it does not, "unreachable": no answer. */
  async reservation(
    url: URL,
    signal?: AbortSignal,
  ): Promise<{ location: string } | "unreachable" | null> {
    const rules = await this.#file.of(url, signal);
    return rules ? reservingRule(rules, url.pathname + url.search) : "unreachable";
  }
}

/** Reads the text of a tdmrep.json; null stands for a host without the file. */
export function tdmRules(text: string | null): TdmRule[] {
  if (text === null) return [];
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return []; // many hosts answer any path with a page
  }
  if (!Array.isArray(content)) return [];
  return content.flatMap((entry): TdmRule[] => {
    const location = entry?.location;
    const reservation = Number(entry?.["tdm-reservation"]);
    if (typeof location !== "string" || ![0, 1].includes(reservation)) return [];
    return [{ location, reserved: reservation === 1 }];
  });
}

/** The rule that reserves a path (with its query), or null. */
export function reservingRule(rules: readonly TdmRule[], path: string): TdmRule | null {
  const [strongest] = rules.filter(({ location }) => fits(location, path)).sort((one, other) =>
    other.location.length - one.location.length || Number(other.reserved) - Number(one.reserved)
  );
  return strongest?.reserved ? strongest : null;
}

/** Without regular expressions: a host could write one that takes for ever. */
function fits(location: string, path: string): boolean {
  const atEnd = location.endsWith("$");
  const [start, ...parts] = (atEnd ? location.slice(0, -1) : location)
    .replace(/[^\x20-\x7e]+/g, encodeURIComponent).split("*") as [string, ...string[]];
  if (!path.startsWith(start)) return false;
  let position = start.length;
  for (const [index, part] of parts.entries()) {
    const found = atEnd && index === parts.length - 1
      ? path.endsWith(part) ? path.length - part.length : -1
      : path.indexOf(part, position);
    if (found < position) return false;
    position = found + part.length;
  }
  return !atEnd || position === path.length;
}
