import { shuffledOrder } from "./random.ts";

/** How {@linkcode splitByGroup} splits. */
export interface SplitOptions {
  /** How many are held out, at most; fewer where only larger groups would be left for it. */
  readonly heldOut: number;
  /** Seed of the shuffle; null keeps the order and holds out the last. Default: 1. */
  readonly seed?: number | null;
}

/** Positions on both sides of a split, in the shuffled order. */
export interface Split {
  readonly training: readonly number[];
  readonly heldOut: readonly number[];
}

/**
 * Splits a list in two so that no group is on both sides: pictures of one person are no test of what
 * was learnt from that person.
 *
 * @param groups for each piece the name or number of its group
 */
export function splitByGroup(
  groups: readonly (string | number)[],
  { heldOut, seed = 1 }: SplitOptions,
): Split {
  const order = seed === null
    ? groups.map((_, position) => position)
    : shuffledOrder(groups.length, seed);
  const sizes = new Map<string | number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const isHeldOut = new Map<string | number, boolean>();
  let room = heldOut;
  for (const position of order.toReversed()) {
    const group = groups[position]!;
    if (isHeldOut.has(group)) continue;
    const fits = sizes.get(group)! <= room;
    isHeldOut.set(group, fits);
    if (fits) room -= sizes.get(group)!;
  }
  return {
    training: order.filter((position) => !isHeldOut.get(groups[position]!)),
    heldOut: order.filter((position) => isHeldOut.get(groups[position]!)),
  };
}
