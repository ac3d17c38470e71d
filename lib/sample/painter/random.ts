/**
 * A small seeded generator (sfc32). The same seed gives the same sequence on every machine, because
 * only 32-bit integer arithmetic is used.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /**
   * @param seed any finite number; only its lower 32 bits count
   * @param stream a second number that separates uses of one seed from each other
   */
  constructor(seed: number, stream = 0) {
    this.#a = seed | 0;
    this.#b = Math.imul(stream + 1, 0x9e3779b1) | 0;
    this.#c = 0x2545f491;
    for (let turn = 0; turn < 12; turn++) this.next();
  }

  /** Uniform in [0, 1). */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum | 0;
    return (sum >>> 0) / 4294967296;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** Whole number in [0, count). */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  /**
   * Bell-shaped around 0 with standard deviation 1 and support [-3, 3]: the sum of nine uniform
   * numbers, so that no transcendental function can differ between machines.
   */
  bell(): number {
    let sum = 0;
    for (let term = 0; term < 9; term++) sum += this.next();
    return Math.max(-3, Math.min(3, (sum - 4.5) / Math.sqrt(9 / 12)));
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of the items, all equally likely. */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError("Expected at least one item to pick from");
    return item;
  }

  /** One of the names, each as likely as its weight says. */
  weighted<Name extends string>(weights: Readonly<Partial<Record<Name, number>>>): Name {
    const entries = Object.entries(weights) as [Name, number][];
    let rest = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of entries) {
      rest -= weight;
      if (rest < 0 && weight > 0) return name;
    }
    const last = entries.findLast(([, weight]) => weight > 0);
    if (!last) throw new RangeError("Expected at least one positive weight to pick by");
    return last[0];
  }
}

/** A repeatable number in [0, 1) for a pair of whole numbers: texture and grain. */
export function hash(x: number, y: number): number {
  let bits = Math.imul(x | 0, 0x27d4eb2d) ^ Math.imul(y | 0, 0x165667b1);
  bits = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return ((bits ^ (bits >>> 16)) >>> 0) / 4294967296;
}
