import { innerProducts, type Points } from "./gram.ts";
import { mean } from "./mean.ts";

/** How far two sets of faces are apart, as a distance between their distributions. */
export interface KernelDistance {
  /** An estimate without bias: about 0, and as often below as above, for two draws of one distribution. */
  readonly value: number;
  /** Standard error, from leaving out each point in turn (jackknife). */
  readonly error: number;
  /** 95 % interval: `value` plus and minus 1.96 standard errors. */
  readonly interval: readonly [number, number];
}

/**
 * Kernel distance (KID) between two sets of embedded faces: the squared maximum mean discrepancy with
 * the cubic kernel (x y / dimensions + 1)^3, in the form without bias (Binkowski et al., "Demystifying
 * MMD GANs", arXiv 1801.01401). Unlike Frechet's distance it does not shrink with the number of
 * pictures, so that a few hundred will do.
 *
 * @throws RangeError where a set has fewer than three points
 */
export async function kernelDistance(left: Points, right: Points): Promise<KernelDistance> {
  if (left.length < 3 || right.length < 3) {
    throw new RangeError(
      `Expected at least 3 points on each side but found ${left.length} and ${right.length}`,
    );
  }
  const [n, m] = [left.length, right.length];
  const inLeft = await kernelSums(left, left);
  const inRight = await kernelSums(right, right);
  const across = await kernelSums(left, right);
  const [a, b, c] = [inLeft, inRight, across].map(({ total }) => total) as [number, number, number];
  const value = a / (n * (n - 1)) + b / (m * (m - 1)) - 2 * c / (n * m);
  const withoutLeft = inLeft.rows.map((own, index) =>
    (a - 2 * own) / ((n - 1) * (n - 2)) + b / (m * (m - 1)) -
    2 * (c - across.rows[index]!) / ((n - 1) * m)
  );
  const withoutRight = inRight.rows.map((own, index) =>
    a / (n * (n - 1)) + (b - 2 * own) / ((m - 1) * (m - 2)) -
    2 * (c - across.columns[index]!) / (n * (m - 1))
  );
  const error = Math.sqrt(jackknifeVariance(withoutLeft) + jackknifeVariance(withoutRight));
  return { value, error, interval: [value - 1.96 * error, value + 1.96 * error] };
}

/** Sums of the kernel over all pairs, over each row and each column; none of a point with itself. */
async function kernelSums(
  left: Points,
  right: Points,
): Promise<{ total: number; rows: Float64Array; columns: Float64Array }> {
  const products = await innerProducts(left, right);
  const dimensions = left[0]!.length;
  const rows = new Float64Array(left.length);
  const columns = new Float64Array(right.length);
  let total = 0;
  for (let row = 0; row < rows.length; row++) {
    for (let column = 0; column < columns.length; column++) {
      if (left === right && row === column) continue;
      const kernel = (products[row * columns.length + column]! / dimensions + 1) ** 3;
      rows[row]! += kernel;
      columns[column]! += kernel;
      total += kernel;
    }
  }
  return { total, rows, columns };
}

/** Variance of an estimate from its values with one point left out each (Efron and Stein, 1981). */
function jackknifeVariance(estimates: Float64Array): number {
  const count = estimates.length;
  const middle = mean(estimates);
  return (count - 1) / count * estimates.reduce((sum, value) => sum + (value - middle) ** 2, 0);
}
