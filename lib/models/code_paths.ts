/** A code: one number for each of its values. */
type Code = readonly number[];

/** Codes along the straight line from one to another, both included. */
export function linearPath(from: Code, to: Code, count: number): number[][] {
  return parts(count).map((part) =>
    from.map((value, index) => value + part * (to[index]! - value))
  );
}

/**
 * Codes along the great circle from one to another, both included; the length changes evenly
 * (Shoemake, "Animating rotation with quaternion curves", 1985). Codes of N(0, I) in many dimensions
 * nearly all have the same length, about the root of their number; a straight line between two passes
 * through shorter ones, where no face was ever trained.
 */
export function sphericalPath(from: Code, to: Code, count: number): number[][] {
  const [fromLength, toLength] = [Math.hypot(...from), Math.hypot(...to)];
  const dot = from.reduce((sum, value, index) => sum + value * to[index]!, 0);
  const angle = Math.acos(Math.min(1, Math.max(-1, dot / (fromLength * toLength))));
  if (!(Math.sin(angle) > 1e-6)) return linearPath(from, to, count);
  return parts(count).map((part) => {
    const length = fromLength + part * (toLength - fromLength);
    const weights = [Math.sin((1 - part) * angle), Math.sin(part * angle)]
      .map((weight) => length * weight / Math.sin(angle));
    return from.map((value, index) =>
      weights[0]! * value / fromLength + weights[1]! * to[index]! / toLength
    );
  });
}

const parts = (count: number) =>
  Array.from({ length: count }, (_, index) => count > 1 ? index / (count - 1) : 0);
