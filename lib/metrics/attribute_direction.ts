import { mean } from "./mean.ts";
import { symmetricEigen } from "./symmetric_eigen.ts";

/** A way through the space of codes along which an attribute of faces grows. */
export interface AttributeDirection {
  /** How codes differ, on average, from those of faces with one standard deviation less of it. */
  readonly step: readonly number[];
  /** Correlation of the attribute with what a straight line through the codes foretells of it. */
  readonly correlation: number;
}

/**
 * The mean change of codes that goes with an attribute, by least squares: its covariances with the
 * values of the code, over its standard deviation. Unlike the shortest change that a straight line
 * foretells the attribute by, it stays where codes of faces lie.
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
  const foretold = target.map((_, face) =>
    weights.reduce((sum, weight, place) => sum + weight * values[place]![face]!, 0)
  );
  return {
    step: together.map((sum) => sum / (target.length * deviation)),
    correlation: dot(foretold, target) / Math.sqrt(dot(foretold, foretold) * dot(target, target)),
  };
}

function columnsOf(rows: readonly (readonly number[])[]): number[][] {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column]!));
}

function centred(values: readonly number[]): number[] {
  const middle = mean(values);
  return values.map((value) => value - middle);
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * right[index]!, 0);
}
