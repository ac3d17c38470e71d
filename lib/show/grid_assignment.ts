/**
 * Places points on a grid so that neighbours stay neighbours: each point gets its own cell, and the
 * sum of squared distances from points to cells is the least possible.
 *
 * @param points one list of numbers a point. With more than two numbers a point, their first two
 * principal components are taken. Points are first spread by their rank along each direction, as
 * most clouds are dense in the middle.
 * @returns the position of the point for each cell, row by row from the top left, -1 for an empty
 * cell. The first direction grows to the right, the second one upwards.
 */
export function gridOrder(
  points: readonly ArrayLike<number>[],
  columns: number,
  rows: number = Math.ceil(points.length / columns),
): Int32Array {
  const cells = columns * rows;
  if (points.length > cells) {
    throw new RangeError(`Expected at most ${cells} points for the grid but got ${points.length}`);
  }
  const width = points[0]?.length ?? 0;
  const flat = width > 2 ? principalPlaces(points) : points;
  const x = ranks(flat.map((point) => point[0] ?? 0));
  const y = ranks(flat.map((point) => point[1] ?? 0));
  const cost = (point: number, cell: number) => {
    const column = (cell % columns + 0.5) / columns;
    const row = (Math.floor(cell / columns) + 0.5) / rows;
    return ((x[point]! - column) * columns) ** 2 + ((1 - y[point]! - row) * rows) ** 2;
  };
  return assign(points.length, cells, cost);
}

/** Ranks as shares from 0 to 1, each in the middle of its share; equal values in their order. */
function ranks(values: readonly number[]): Float64Array {
  const order = values.map((_, index) => index).sort((first, second) =>
    values[first]! - values[second]! || first - second
  );
  const result = new Float64Array(values.length);
  order.forEach((index, rank) => result[index] = (rank + 0.5) / values.length);
  return result;
}

/**
 * The assignment of every row to its own column with the least sum of costs, by shortest augmenting
 * paths (R. Jonker, A. Volgenant: A shortest augmenting path algorithm for dense and sparse linear
 * assignment problems, Computing 38, 1987). Takes rows² * columns steps at most.
 *
 * @returns the row of each column, or -1
 */
function assign(
  rows: number,
  columns: number,
  cost: (row: number, column: number) => number,
): Int32Array {
  const rowOf = new Int32Array(columns).fill(-1);
  const rowPrice = new Float64Array(rows);
  const columnPrice = new Float64Array(columns);
  const distance = new Float64Array(columns);
  const before = new Int32Array(columns);
  const done = new Uint8Array(columns);
  for (let start = 0; start < rows; start++) {
    distance.fill(Infinity);
    done.fill(0);
    let row = start;
    let from = -1;
    let reached = 0;
    // Grows a tree of shortest paths from the row until it meets a free column.
    for (;;) {
      let nearest = -1;
      for (let column = 0; column < columns; column++) {
        if (done[column]) continue;
        const length = reached + cost(row, column) - rowPrice[row]! - columnPrice[column]!;
        if (length < distance[column]!) {
          distance[column] = length;
          before[column] = from;
        }
        if (nearest < 0 || distance[column]! < distance[nearest]!) nearest = column;
      }
      done[nearest] = 1;
      reached = distance[nearest]!;
      from = nearest;
      if (rowOf[nearest]! < 0) break;
      row = rowOf[nearest]!;
    }
    rowPrice[start]! += reached;
    for (let column = 0; column < columns; column++) {
      if (!done[column] || column === from) continue;
      rowPrice[rowOf[column]!]! += reached - distance[column]!;
      columnPrice[column]! -= reached - distance[column]!;
    }
    // Turns the path around: each of its columns takes the row of the column before.
    let column = from;
    while (before[column]! >= 0) {
      rowOf[column] = rowOf[before[column]!]!;
      column = before[column]!;
    }
    rowOf[column] = start;
  }
  return rowOf;
}

/** The points along the two directions in which they vary most. */
function principalPlaces(points: readonly ArrayLike<number>[]): number[][] {
  const width = points[0]?.length ?? 0;
  const mean = new Float64Array(width);
  for (const point of points) {
    for (let index = 0; index < width; index++) mean[index]! += point[index]! / points.length;
  }
  const centred = points.map((point) => Float64Array.from(point, (value, at) => value - mean[at]!));
  const places = [0, 1].map(() => {
    const direction = mainDirection(centred, width);
    return centred.map((point) => {
      const along = dot(point, direction);
      for (let index = 0; index < width; index++) point[index]! -= along * direction[index]!;
      return along;
    });
  });
  return points.map((_, index) => [places[0]![index]!, places[1]![index]!]);
}

/** By power iteration, from the longest point. */
function mainDirection(points: readonly Float64Array[], width: number): Float64Array {
  const longest = points.reduce((best, point) =>
    dot(point, point) > dot(best, best) ? point : best
  );
  let direction = normalized(longest);
  for (let round = 0; round < 60; round++) {
    const next = new Float64Array(width);
    for (const point of points) {
      const along = dot(point, direction);
      for (let index = 0; index < width; index++) next[index]! += along * point[index]!;
    }
    direction = normalized(next);
  }
  return direction;
}

function dot(first: Float64Array, second: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < first.length; index++) sum += first[index]! * second[index]!;
  return sum;
}

function normalized(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector)) || 1;
  return vector.map((value) => value / length);
}
