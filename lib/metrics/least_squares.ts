/** Weights w that minimise |rows w - targets|^2, by the normal equations with a whiff of ridge. */
export function leastSquares(
  rows: readonly (readonly number[])[],
  targets: readonly number[],
): number[] {
  const size = rows[0]?.length ?? 0;
  const system = Array.from({ length: size }, (_, i) => [
    ...Array.from(
      { length: size },
      (_, j) =>
        rows.reduce((sum, row) => sum + row[i]! * row[j]!, i === j ? 1e-9 * rows.length : 0),
    ),
    rows.reduce((sum, row, index) => sum + row[i]! * targets[index]!, 0),
  ]);
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(system[row]![column]!) > Math.abs(system[pivot]![column]!)) pivot = row;
    }
    [system[column], system[pivot]] = [system[pivot]!, system[column]!];
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = system[row]![column]! / system[column]![column]!;
      for (let k = column; k <= size; k++) system[row]![k]! -= factor * system[column]![k]!;
    }
  }
  return system.map((row, index) => row[size]! / row[index]!);
}
