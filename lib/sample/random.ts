import { randomNumbers } from "../run/mod.ts";

/** A stream of numbers in [0, 1) that depends on nothing but its seed, with the draws a plan needs. */
export interface SeededRandom {
  /** The next number in [0, 1). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One of the choices, each as likely as its weight (default: all alike). */
  pick<Choice>(choices: readonly Choice[], weights?: readonly number[]): Choice;
  /** The same items in a random order, as a new array. */
  shuffle<Item>(items: readonly Item[]): Item[];
}

/** Draws from the numbers of a seed: the same seed gives the same draws. */
export function seededRandom(seed: number): SeededRandom {
  const next = randomNumbers(seed);
  const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick: (choices, weights = choices.map(() => 1)) => {
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0);
      const index = weights.findIndex((weight) => (left -= weight) < 0);
      const choice = choices[index < 0 ? choices.length - 1 : index];
      if (choice === undefined) throw new RangeError("Expected at least one choice");
      return choice;
    },
    shuffle: (items) => {
      const shuffled = [...items];
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = integer(0, last);
        [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
      }
      return shuffled;
    },
  };
}
