import { symmetricEigen } from "./symmetric_eigen.ts";

/** A way through the space of codes along which an attribute of faces grows. */
export interface AttributeDirection {
  /** Added once to a code, it makes the attribute grow by one standard deviation. */
  readonly step: readonly number[];
  /** Correlation of the attribute with what the direction foretells, on the same faces. */
  readonly correlation: number;
}

/**
 * The shortest change of a code that changes an attribute by one standard deviation, as a straight
 * line through the codes has it: w deviation / |w|^2 for the weights w of least squares.
 *
 * @param codes one row for each face
 * @param attribute one number for each face: yaw in radians, lightness of the hair ...
 * @throws RangeError where the attribute is the same for all faces
 */
export function attributeDirection(
  codes: readonly (readonly number[])[],
  attribute: readonly number[],
): AttributeDirection {
  const values = columnsOf(codes).map(centred);
  const target = centred(attribute);
  const deviation = Math.sqrt(dot(target, target) / target.length);
  if (!(deviation > 0)) throw new RangeError("Expected an attribute in which faces differ");
  const together = values.map((value) => dot(value, target));
  const eigen = symmetricEigen(values.map((left) => values.map((right) => dot(left, right))));
  const smallest = 1e-6 * eigen.values[0]!;
  const weights = new Array<number>(values.length).fill(0);
  eigen.vectors.forEach((vector, index) => {
    const share = dot(vector, together) / (eigen.values[index]! + smallest);
    vector.forEach((part, place) => weights[place]! += share * part);
  });
  const square = dot(weights, weights);
  const foretold = target.map((_, face) =>
    weights.reduce((sum, weight, place) => sum + weight * values[place]![face]!, 0)
  );
  return {
    step: weights.map((weight) => weight * deviation / square),
    correlation: dot(foretold, target) / Math.sqrt(dot(foretold, foretold) * dot(target, target)),
  };
}

function columnsOf(rows: readonly (readonly number[])[]): number[][] {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column]!));
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * right[index]!, 0);
}
