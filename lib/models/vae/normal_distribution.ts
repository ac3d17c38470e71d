/** A normal distribution in several dimensions. */
export interface NormalDistribution {
  readonly mean: readonly number[];
  readonly covariance: readonly (readonly number[])[];
  /** The lower triangular matrix that, times its transpose, gives the covariance. */
  readonly root: readonly (readonly number[])[];
}

/**
 * The normal distribution with the mean and the covariance of points.
 *
 * @param points one row each
 * @param options `shares`: how much each point counts (default: all alike); `blend`: a covariance, and
 * the part of the result that comes from it, so that few points have a full one too
 */
export function normalDistribution(
  points: readonly (readonly number[])[],
  { shares, blend }: {
    readonly shares?: readonly number[];
    readonly blend?: { readonly covariance: readonly (readonly number[])[]; readonly part: number };
  } = {},
): NormalDistribution {
  const size = points[0]!.length;
  const share = (row: number) => shares?.[row] ?? 1;
  const total = points.reduce((sum, _, row) => sum + share(row), 0) + 1e-9;
  const mean = new Array<number>(size).fill(0);
  points.forEach((point, row) =>
    point.forEach((value, index) => mean[index]! += share(row) * value / total)
  );
  const covariance = mean.map(() => new Array<number>(size).fill(0));
  points.forEach((point, row) => {
    if (share(row) < 1e-9) return;
    const difference = point.map((value, index) => value - mean[index]!);
    for (let i = 0; i < size; i++) {
      const weighted = share(row) * difference[i]! / total;
      for (let j = 0; j < size; j++) covariance[i]![j]! += weighted * difference[j]!;
    }
  });
  const blended = covariance.map((line, i) =>
    line.map((value, j) => {
      const own = blend ? value + blend.part * (blend.covariance[i]![j]! - value) : value;
      return i === j ? own + 1e-6 : own;
    })
  );
  return { mean, covariance: blended, root: cholesky(blended) };
}

/** Golub and Van Loan, "Matrix Computations", section 4.2. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const root = matrix.map(({ length }) => new Array<number>(length).fill(0));
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= root[i]![k]! * root[j]![k]!;
      root[i]![j] = i === j ? Math.sqrt(sum) : sum / root[j]![j]!;
    }
  }
  return root;
}
