import { type Color, color, mix, scaled } from "../color.ts";
import type { HairLook } from "../factors.ts";
import { noise } from "../noise.ts";
import { hash } from "../random.ts";
import { hairColor } from "./colors.ts";
import type { Lock } from "./drape.ts";

/**
 * Colours of every lock, root and tip: six numbers a lock, linear light. One more set than there are
 * locks: the last one is that of the cap under them.
 */
export function lockColors(look: HairLook, locks: readonly Lock[]): Float32Array {
  const main = hairColor(look.color);
  const second = look.secondColor ? hairColor(look.secondColor) : main;
  const dark = color("#2c1b12");
  const colors = new Float32Array(locks.length * 6 + 6);
  locks.forEach((lock, index) => {
    let root: Color = scaled(main, 0.85);
    let tip: Color = scaled(mix(main, [1, 1, 1], 0.03), 1.1);
    switch (look.pattern) {
      case "plain":
        break;
      case "dip-dye":
        tip = second;
        break;
      case "two-tone":
        if (lock.root[0] * look.side > 0.02) {
          [root, tip] = [scaled(second, 0.85), scaled(second, 1.1)];
        }
        break;
      case "streaks":
        // Neighbours share a streak.
        if (noise(lock.root[0] * 6 + 20, lock.root[2] * 4 + 7 * look.parting + 30) > 0.7) {
          [root, tip] = [scaled(second, 0.85), scaled(second, 1.1)];
        }
        break;
      case "dark roots":
        root = mix(main, dark, 0.85);
        break;
    }
    const vary = 0.88 + 0.24 * hash(index, 9);
    colors.set([...scaled(root, vary), ...scaled(tip, vary)], 6 * index);
  });
  const base = look.pattern === "dark roots" ? mix(main, dark, 0.85) : main;
  colors.set([...scaled(base, 0.9), ...scaled(base, 0.9)], 6 * locks.length);
  return colors;
}
