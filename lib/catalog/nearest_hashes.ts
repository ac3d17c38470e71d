import { bitCount, digitsOfWord, wordOf } from "./hamming_distance.ts";

/** Buckets of a band: two values in one bucket cost a comparison, nothing else. */
const buckets = 1 << 14;

/**
 * Hashes searched by Hamming distance. Two hashes that differ in at most d bits are equal in at
 * least one of d + 1 bands, so only those that share a band are compared. All lies in arrays of
 * numbers, about 100 bytes a hash: a map of text for every band would outgrow the crawl itself.
 */
export class NearestHashes {
  readonly #maximumDistance: number;
  readonly #digits: number;
  readonly #ids: Float64Array;
  /** The words of every hash; behind the last one there is room for the one that is searched. */
  readonly #words: Uint32Array;
  readonly #wordsOfHash: number;
  /** For each band and bucket the newest place, or -1. */
  readonly #newest: Int32Array;
  /** For each place and band the place that was newest before, or -1. */
  readonly #before: Int32Array;
  /** For each band the bucket, counted through all bands, of the hash that is searched. */
  readonly #slots: Int32Array;
  #size = 0;

  constructor(
    { capacity, digits, maximumDistance }: {
      /** Most hashes that are stored. */
      capacity: number;
      /** Hexadecimal digits of the longest hash. */
      digits: number;
      /** Most differing bits; from `digits` on every hash is compared with every other. */
      maximumDistance: number;
    },
  ) {
    const bands = maximumDistance + 1;
    this.#maximumDistance = maximumDistance;
    this.#digits = digits;
    this.#ids = new Float64Array(capacity);
    this.#wordsOfHash = Math.ceil(digits / digitsOfWord);
    this.#words = new Uint32Array((capacity + 1) * this.#wordsOfHash);
    this.#newest = new Int32Array(bands * buckets).fill(-1);
    this.#before = new Int32Array(capacity * bands);
    this.#slots = new Int32Array(bands);
  }

  /**
   * The nearest stored hash within the distance, among equally near ones the first stored. Where
   * there is none, the hash is stored under the id.
   */
  findOrAdd(hash: string, id: number): { id: number; distance: number } | null {
    this.#read(hash);
    const bands = this.#slots.length;
    let [nearest, least] = [-1, this.#maximumDistance + 1];
    for (let band = 0; band < bands; band++) {
      let place = this.#newest[this.#slots[band]!]!;
      for (; place >= 0; place = this.#before[place * bands + band]!) {
        const distance = this.#distanceTo(place);
        if (distance < least || (distance === least && place < nearest)) {
          [nearest, least] = [place, distance];
        }
      }
    }
    if (nearest >= 0) return { id: this.#ids[nearest]!, distance: least };
    this.#add(id);
    return null;
  }

  /** Puts the hash behind the last one and finds its buckets. */
  #read(hash: string): void {
    for (let word = 0; word < this.#wordsOfHash; word++) {
      this.#words[this.#size * this.#wordsOfHash + word] = wordOf(hash, word);
    }
    const bands = this.#slots.length;
    for (let band = 0; band < bands; band++) {
      const end = Math.floor((band + 1) * this.#digits / bands);
      let bucket = 0;
      for (let digit = Math.floor(band * this.#digits / bands); digit < end; digit++) {
        bucket = (bucket * 31 + hash.charCodeAt(digit)) % buckets;
      }
      this.#slots[band] = band * buckets + bucket;
    }
  }

  /** Bits that differ between a stored hash and the one behind the last. */
  #distanceTo(place: number): number {
    const [stored, searched] = [place * this.#wordsOfHash, this.#size * this.#wordsOfHash];
    let distance = 0;
    for (let word = 0; word < this.#wordsOfHash; word++) {
      distance += bitCount(this.#words[stored + word]! ^ this.#words[searched + word]!);
    }
    return distance;
  }

  #add(id: number): void {
    const place = this.#size++;
    this.#ids[place] = id;
    this.#slots.forEach((slot, band) => {
      this.#before[place * this.#slots.length + band] = this.#newest[slot]!;
      this.#newest[slot] = place;
    });
  }
}
