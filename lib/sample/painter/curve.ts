/**
 * A smooth curve through points with rising x: cubic Hermite with limited slopes, so that it never
 * overshoots (Fritsch and Carlson 1980, in the harmonic-mean form).
 */
export function curve(xs: readonly number[], ys: readonly number[]): (x: number) => number {
  const count = xs.length;
  const steps = Array.from(
    { length: count - 1 },
    (_, i) => (ys[i + 1]! - ys[i]!) / (xs[i + 1]! - xs[i]!),
  );
  const slopes = ys.map((_, i) => {
    if (i === 0) return steps[0]!;
    if (i === count - 1) return steps[count - 2]!;
    const [before, after] = [steps[i - 1]!, steps[i]!];
    return before * after <= 0 ? 0 : 2 * before * after / (before + after);
  });
  return (x) => {
    if (x <= xs[0]!) return ys[0]!;
    if (x >= xs[count - 1]!) return ys[count - 1]!;
    let i = 0;
    while (x > xs[i + 1]!) i++;
    const width = xs[i + 1]! - xs[i]!;
    const t = (x - xs[i]!) / width;
    const u = 1 - t;
    return ys[i]! * (1 + 2 * t) * u * u + ys[i + 1]! * t * t * (3 - 2 * t) +
      width * (slopes[i]! * t * u * u - slopes[i + 1]! * t * t * u);
  };
}
