/** Eigenvalues, the largest first, and the eigenvector of each as a row of length 1. */
export interface Eigen {
  readonly values: number[];
  readonly vectors: number[][];
}

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's rotations (Golub and Van
 * Loan, "Matrix Computations", section 8.5).
 */
export function symmetricEigen(matrix: readonly (readonly number[])[]): Eigen {
  const size = matrix.length;
  const a = matrix.map((row) => [...row]);
  const vectors = a.map((_, row) => a.map((_, column) => row === column ? 1 : 0));
  for (let sweep = 0; sweep < 60; sweep++) {
    let rest = 0;
    let scale = 0;
    for (let p = 0; p < size; p++) {
      scale += a[p]![p]! ** 2;
      for (let q = p + 1; q < size; q++) rest += a[p]![q]! ** 2;
    }
    if (rest <= 1e-30 * scale) break;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) rotate(a, vectors, p, q);
    }
  }
  const order = a.map((_, index) => index).sort((left, right) =>
    a[right]![right]! - a[left]![left]!
  );
  return {
    values: order.map((index) => a[index]![index]!),
    vectors: order.map((index) => vectors[index]!),
  };
}

/** One rotation in the plane of axes p and q that makes their off-diagonal entry zero. */
function rotate(a: number[][], vectors: number[][], p: number, q: number): void {
  const off = a[p]![q]!;
  if (off === 0) return;
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * off);
  const tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta ** 2 + 1));
  const cosine = 1 / Math.sqrt(tangent ** 2 + 1);
  const sine = tangent * cosine;
  for (let k = 0; k < a.length; k++) {
    const [left, right] = [a[k]![p]!, a[k]![q]!];
    a[k]![p] = cosine * left - sine * right;
    a[k]![q] = sine * left + cosine * right;
  }
  for (const rows of [a, vectors]) {
    const [upper, lower] = [rows[p]!, rows[q]!];
    for (let k = 0; k < a.length; k++) {
      const [left, right] = [upper[k]!, lower[k]!];
      upper[k] = cosine * left - sine * right;
      lower[k] = sine * left + cosine * right;
    }
  }
}
