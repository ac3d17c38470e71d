/** Bits of a number that say the place; the rest counts how often the place was used before. */
const places = 2 ** 22;

/**
 * Living things by number, for numbers that come and go by the million. A number is never given
 * twice, so that one which was deleted stays unknown and never means another thing.
 *
 * A `Map` would do, were it not that each of its tables, outgrown every few dozen changes, keeps the
 * next one reachable: once the first is old, all garbage between two full collections stays.
 */
export class Numbered<T> {
  readonly #things: (T | undefined)[] = [];
  /** How often each place was used before. */
  readonly #rounds: number[] = [];
  readonly #free: number[] = [];

  /** How many live. */
  get count(): number {
    return this.#things.length - this.#free.length;
  }

  /** Takes a thing in and gives its number. */
  add(thing: T): number {
    const place = this.#free.pop() ?? this.#newPlace();
    this.#things[place] = thing;
    return this.#rounds[place]! * places + place;
  }

  /** A number that means nothing, now and for good. */
  reserve(): number {
    const place = this.#free.pop() ?? this.#newPlace();
    const number = this.#rounds[place]! * places + place;
    this.delete(number);
    return number;
  }

  /** The thing of a number, or undefined where it was deleted or never was. */
  get(number: number): T | undefined {
    const place = number % places;
    return this.#rounds[place] === (number - place) / places ? this.#things[place] : undefined;
  }

  /** Gives a living number up. */
  delete(number: number): void {
    const place = number % places;
    this.#things[place] = undefined;
    this.#rounds[place]!++;
    this.#free.push(place);
  }

  #newPlace(): number {
    if (this.#things.length === places) throw new Error(`More than ${places} tensors live`);
    this.#rounds.push(0);
    return this.#things.push(undefined) - 1;
  }
}
