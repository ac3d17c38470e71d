import type { VisibilityBuffer } from "./rasteriser.ts";
import { hash } from "./random.ts";

const taps = 14;
const spiral = Float32Array.from({ length: taps * 2 }, (_, index) => {
  const tap = index >> 1;
  const angle = tap * 2.399963;
  const radius = Math.sqrt((tap + 0.5) / taps);
  return radius * (index & 1 ? Math.sin(angle) : Math.cos(angle));
});

/** Soft shadows found in the depth buffer: a coarse picture of how much light arrives. */
export class Occlusion {
  readonly step: number;
  readonly width: number;
  readonly height: number;
  /** Light from all around, 0 to 1. */
  readonly ambient: Float32Array;
  /** Light from the main lamp, 0 to 1. */
  readonly direct: Float32Array;

  /**
   * Compares every fourth sample with its surroundings (nearer ones take light away: screen-space
   * ambient occlusion) and walks from it towards the lamp.
   *
   * @param unit samples per head unit
   * @param lamp direction of the main light in camera space
   */
  constructor(
    buffer: VisibilityBuffer,
    unit: number,
    lamp: readonly [x: number, y: number, z: number],
  ) {
    this.step = Math.max(2, Math.round(unit / 32));
    const { step } = this;
    this.width = Math.ceil(buffer.width / step) + 1;
    this.height = Math.ceil(buffer.height / step) + 1;
    const size = this.width * this.height;
    const depth = new Float32Array(size);
    for (let y = 0; y < this.height; y++) {
      const row = Math.min(buffer.height - 1, y * step) * buffer.width;
      for (let x = 0; x < this.width; x++) {
        depth[y * this.width + x] = buffer.depth[row + Math.min(buffer.width - 1, x * step)]!;
      }
    }
    this.ambient = new Float32Array(size).fill(1);
    this.direct = new Float32Array(size).fill(1);
    this.#measure(depth, unit / step, lamp);
    blur(this.ambient, this.width, this.height);
    blur(this.direct, this.width, this.height);
  }

  #measure(
    depth: Float32Array,
    unit: number,
    [lx, ly, lz]: readonly [number, number, number],
  ): void {
    const { width, height, ambient, direct } = this;
    const reach = 0.34 * unit;
    const walk = 12;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const here = depth[y * width + x]!;
        if (here < -1e8) continue;
        const turn = hash(x, y) * 6.28;
        const cos = Math.cos(turn);
        const sin = Math.sin(turn);
        let blocked = 0;
        for (let tap = 0; tap < taps; tap++) {
          const sx = spiral[2 * tap]!;
          const sy = spiral[2 * tap + 1]!;
          const px = Math.round(x + (sx * cos - sy * sin) * reach);
          const py = Math.round(y + (sx * sin + sy * cos) * reach);
          if (px < 0 || py < 0 || px >= width || py >= height) continue;
          const nearer = depth[py * width + px]! - here;
          const distance = Math.hypot(px - x, py - y) / unit;
          if (nearer > 0.02 + 0.35 * distance) {
            blocked += nearer < 0.5 ? Math.min(1, nearer * 6) : 0.5 / nearer;
          }
        }
        ambient[y * width + x] = 1 - 0.85 * Math.min(1, 1.5 * blocked / taps);
        const level = Math.hypot(lx, ly);
        // A lamp near the camera still throws short shadows down.
        const dx = level < 0.2 ? lx : lx / level * Math.max(level, 0.3);
        const dy = level < 0.2 ? Math.max(ly, 0.2) : ly / level * Math.max(level, 0.3);
        const stride = 0.65 / walk;
        let shade = 0;
        const jitter = 0.5 + 0.5 * hash(y, x);
        for (let pace = 0; pace < walk; pace++) {
          const s = (pace + jitter) * stride;
          const px = Math.round(x + dx * s * unit);
          const py = Math.round(y - dy * s * unit);
          if (px < 0 || py < 0 || px >= width || py >= height) break;
          const over = depth[py * width + px]! - (here + lz * s * 0.9);
          if (over > 0.03 && over < 0.9) shade += Math.min(1, over * 9) * (1 - s * 0.9);
        }
        direct[y * width + x] = 1 - Math.min(1, shade / 2.2);
      }
    }
  }

  /** Reads one of the two pictures between its coarse samples. */
  read(picture: Float32Array, x: number, y: number): number {
    const fx = x / this.step;
    const fy = y / this.step;
    const column = fx | 0;
    const row = fy | 0;
    const at = row * this.width + column;
    const right = column + 1 < this.width ? 1 : 0;
    const below = row + 1 < this.height ? this.width : 0;
    const sx = fx - column;
    const sy = fy - row;
    const upper = picture[at]! + (picture[at + right]! - picture[at]!) * sx;
    const lower = picture[at + below]! + (picture[at + below + right]! - picture[at + below]!) * sx;
    return upper + (lower - upper) * sy;
  }
}

/** Two passes of a 3 x 3 box. */
function blur(picture: Float32Array, width: number, height: number): void {
  const copy = new Float32Array(picture.length);
  for (let pass = 0; pass < 2; pass++) {
    for (let y = 0; y < height; y++) {
      const up = (y > 0 ? y - 1 : y) * width;
      const here = y * width;
      const down = (y < height - 1 ? y + 1 : y) * width;
      for (let x = 0; x < width; x++) {
        copy[here + x] = (picture[up + x]! + 2 * picture[here + x]! + picture[down + x]!) / 4;
      }
    }
    for (let y = 0; y < height; y++) {
      const row = y * width;
      for (let x = 0; x < width; x++) {
        const left = row + (x > 0 ? x - 1 : x);
        const right = row + (x < width - 1 ? x + 1 : x);
        picture[row + x] = (copy[left]! + 2 * copy[row + x]! + copy[right]!) / 4;
      }
    }
  }
}
