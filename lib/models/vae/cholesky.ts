/**
 * The lower triangular matrix that, times its transpose, gives a symmetric one with no negative
 * eigenvalue (Golub and Van Loan, "Matrix Computations", section 4.2). Only the lower half is read.
 */
export function cholesky(matrix: readonly ArrayLike<number>[]): Float64Array[] {
  const root = matrix.map(({ length }) => new Float64Array(length));
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= root[i]![k]! * root[j]![k]!;
      root[i]![j] = i === j ? Math.sqrt(sum) : sum / root[j]![j]!;
    }
  }
  return root;
}
