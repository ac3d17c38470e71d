import { ahead } from "./ahead.ts";
import { pieces } from "./pieces.ts";

/**
 * Eight at a time, as many as the networks take at once. The next eight are cut out of their
 * pictures while the networks have these.
 */
export async function inGroups<Item, Result>(
  items: readonly Item[],
  work: (group: readonly Item[]) => Promise<Result[]>,
): Promise<Result[]> {
  return (await Array.fromAsync(ahead(pieces(items, 8), work))).flat();
}
